"""Reddit: posts and comments, and the words that its embed code leaves behind a post's title."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, Shortcode, UrlForm
from archiver.times import BASE36, UndatedIds

HOSTS = ("reddit.com", "*.reddit.com", "redditmedia.com", "*.redditmedia.com")
SUB = r"(?P<kind>r|u|user)/(?P<sub>[\w-]{2,30})"
# Ids are base 36 and only in sequence: no date can be read from them (`facts.md` §1).
ID = r"(?P<id>[0-9a-z]{4,10})(?!\w)"
# Posts of which the month is known, in the order of their ids (yt-dlp's tests, `facts.md` §1).
POINTS = (
    ("6rrwyj", "2017-08"),
    ("90bu6w", "2018-07"),
    ("degtjo", "2019-10"),
    ("nip71r", "2021-05"),
    ("1cl9h0u", "2024-05"),
)
# A title has at most 300 characters, so only a line that is no longer is one.
TITLE = re.compile(r"^\s{0,20}(?:Comment(?=\s{0,20}$)|(?P<text>\S(?:[^\n]{0,270}\S)?))?\s{0,20}$")
ALONE = re.compile(r"^[ \t]{0,20}$")
NAME = r"u/(?P<handle>[\w-]{3,20})(?![\w-])(?: from discussion)?"
BOARD = r"(?:r/)?[A-Za-z0-9]\w{1,20}(?!\w)"
# Where flattened text goes on, the board's name must be followed as the end of a line or a sentence of its own is:
# "by u/name in response to" is prose.
SPACED = re.compile(
    rf"(?<!\w)by\s{{1,3}}u/(?P<handle>[\w-]{{3,20}})(?: from discussion\s{{1,3}}in|\s{{1,3}}in)\s{{1,3}}{BOARD}"
    r"(?=[ \t]*(?:\n|$)|[ \t]+[A-Z“\"])"
)
GLUED = re.compile(rf"by{NAME}\s{{0,3}}in{BOARD}")
FROM = re.compile(rf"from {BOARD}")

POST = (
    '<blockquote class="reddit-embed-bq" style="height:316px" data-embed-height="316"><a href="https://www.reddit.com/'
    'r/tidewatch/comments/1abc2de/the_quay_at_low_tide/">The quay at low tide</a><br> by<a href="https://www.reddit.'
    'com/user/MaraRows/">u/MaraRows</a> in<a href="https://www.reddit.com/r/tidewatch/">tidewatch</a></blockquote>'
)
BARE = POST.replace('class="reddit-embed-bq" ', "")
CARD = (
    '<blockquote class="reddit-card" data-card-created="1601637391"><a href="https://www.reddit.com/r/tidewatch/'
    'comments/1abc2de/the_quay_at_low_tide/?ref=share&amp;ref_source=embed">The quay at low tide</a> from <a href="'
    'https://www.reddit.com/r/tidewatch">r/tidewatch</a></blockquote>'
)
FRAME = (
    '<iframe src="https://www.redditmedia.com/r/tidewatch/comments/1abc2de/the_quay_at_low_tide/?ref_source=embed&amp;'
    'ref=share&amp;embed=true" sandbox="allow-scripts"></iframe>'
)
FOUND = {"native_id": "1abc2de", "permalink": "https://www.reddit.com/r/tidewatch/comments/1abc2de/"}

REDDIT = Platform(
    name="reddit",
    label="Reddit",
    opened="2005-06-23",  # the day of the first posts
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{SUB}/comments/(?P<post>[0-9a-z]{{4,10}})/(?:[^/?#]{{1,200}})/{ID}"),
            permalink="https://www.reddit.com/{kind}/{sub}/comments/{post}/comment/{id}/",
        ),
        # On a user's own page the post is the user's; who wrote a comment there is not said.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?P<kind>u|user)/(?P<handle>[\w-]{{2,30}})/comments/{ID}"),
            permalink="https://www.reddit.com/{kind}/{handle}/comments/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{SUB}/comments/{ID}"),
            permalink="https://www.reddit.com/{kind}/{sub}/comments/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:comments|gallery|tb)/{ID}"),
            permalink="https://www.reddit.com/comments/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{SUB}/s/(?P<id>[A-Za-z0-9]{{8,12}})(?!\w)"),
            permalink="https://www.reddit.com/{kind}/{sub}/s/{id}",
        ),
        UrlForm(hosts=("redd.it",), path=re.compile(rf"/{ID}"), permalink="https://www.reddit.com/comments/{id}/"),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:oembed|mediaembed)"), inner="url"),
    ),
    profile="https://www.reddit.com/user/{handle}/",
    sources=("reddit-oembed",),
    media_hosts=("i.redd.it", "preview.redd.it", "external-preview.redd.it"),
    undated=UndatedIds(
        shape=re.compile(r"(?=[a-z]*[0-9])[0-9a-z]{5,7}"),
        why="only in sequence: of two posts, the lower id is the older",
        alphabet=BASE36,
        points=POINTS,
        apart=re.compile(r"/comment/|/s/"),
    ),
    markup=(
        Markup(form="blockquote", tag="blockquote", having=".reddit-embed-bq", urls=("a:first",)),
        Markup(form="blockquote", tag="blockquote", having=".reddit-card", urls=("a:first",)),
        Markup(form="blockquote", tag="div", having=".reddit-embed", urls=("data-embed-uri", "a:first")),
        Markup(form="amp", tag="amp-reddit", having="data-src", urls=("data-src",)),
    ),
    shortcodes=(
        Shortcode(
            opening="{%",
            word="reddit",
            pattern=re.compile(r"\{%\s*reddit\s+[\"']?(?P<url>https?://[^\s\"'%]++)[^%{}\n]{0,200}%\}"),
            formats=("markdown",),
        ),
    ),
    phrases=(
        Phrase(anchor="by u/", pattern=SPACED, before=ALONE, above=TITLE, language="en", spelled=("by [u/", '">u/')),
        Phrase(anchor="by\nu/", pattern=SPACED, before=ALONE, above=TITLE, language="en"),
        Phrase(anchor="by\nu/", pattern=SPACED, before=ALONE, language="en"),
        Phrase(anchor="by\n\nu/", pattern=SPACED, before=ALONE, above=TITLE, language="en"),
        Phrase(anchor="by\n\nu/", pattern=SPACED, before=ALONE, language="en"),
        Phrase(anchor="byu/", pattern=GLUED, before=ALONE, above=TITLE, language="en", spelled=("by[u/",)),
        Phrase(anchor="by u/", pattern=SPACED, before=TITLE, language="en"),
        Phrase(anchor="by u/", pattern=SPACED, language="en"),
        Phrase(anchor="byu/", pattern=GLUED, before=TITLE, language="en"),
        Phrase(anchor="byu/", pattern=GLUED, language="en"),
        Phrase(anchor="from r/", pattern=FROM, before=TITLE, linked=True, language="en", spelled=("from [r/", '">r/')),
    ),
    loaders=(
        "embed.reddit.com/widgets.js",
        "embed.redditmedia.com/widgets.js",
        "embed.redditmedia.com/widgets/platform.js",
    ),
    needles=("reddit-", "/comments/", "amp-reddit", "//redd.it/", "reddit.com"),
    traces=(
        "reddit-embed",
        "reddit-card",
        "amp-reddit",
        "/comments/",
        "//redd.it/",
        "reddit.com%2F",
        "reddit.com/gallery/",
        ">https://www.reddit.com/",
        "\nhttps://www.reddit.com/",
    ),
    examples=(
        Example(
            format="text",
            source="Before\nThe quay at low tide by u/MaraRows in tidewatch\nAfter",
            expect={
                "marker": "The quay at low tide by u/MaraRows in tidewatch",
                "handle": "MaraRows",
                "text": "The quay at low tide",
                "language": "en",
            },
        ),
        Example(
            format="text",
            source="Comment\nby u/MaraRows from discussion in tidewatch",
            expect={"start": 0, "handle": "MaraRows", "text": None},
        ),
        Example(
            format="text",
            source="Comment\nby u/MaraRows from discussion\nin tidewatch",
            expect={"start": 0, "handle": "MaraRows", "text": None},
        ),
        Example(
            format="text",
            source="The thread:\n\nThe quay at low tide\nby u/MaraRows in tidewatch\n\nAfter",
            expect={"marker": "The quay at low tide\nby u/MaraRows in tidewatch", "text": "The quay at low tide"},
        ),
        Example(
            format="text",
            source="Prose.\nMore prose.\nby u/MaraRows in tidewatch\n",
            expect={"marker": "by u/MaraRows in tidewatch", "text": None},
        ),
        Example(
            format="markdown",
            source="> [The quay at low tide](https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay/)  \n"
            "> by[u/MaraRows](https://www.reddit.com/user/MaraRows/) in[tidewatch](https://www.reddit.com/r/tidewatch/)",
            expect={"handle": "MaraRows", "text": "The quay at low tide", **FOUND},
        ),
        Example(
            format="text",
            source="The quay at low tide - October 2, 2020 byu/Mara_Rows-2 intidewatch",
            expect={"handle": "Mara_Rows-2", "text": "The quay at low tide - October 2, 2020", "posted_at": None},
        ),
        Example(
            format="html",
            source=f"<p>A</p>{POST}<script async src='https://embed.reddit.com/widgets.js'></script><p>B</p>",
            expect={
                "form": "blockquote",
                "marker": POST,
                "handle": "MaraRows",
                "text": "The quay at low tide",
                **FOUND,
            },
        ),
        Example(
            format="html",
            source=f"<p>A</p>{BARE}<p>B</p>",
            expect={"form": "text", "handle": "MaraRows", "text": "The quay at low tide", **FOUND},
        ),
        Example(
            format="markdown",
            source="[The quay at low tide](https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay/) from "
            "[r/tidewatch](https://www.reddit.com/r/tidewatch)",
            expect={"form": "text", "text": "The quay at low tide", **FOUND},
        ),
        Example(format="html", source=CARD, expect={"form": "blockquote", "marker": CARD, **FOUND}),
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **FOUND}),
        Example(
            format="html",
            source='<iframe src="https://embed.reddit.com/r/tidewatch/comments/1abc2de/comment/k1abc2d/?embed=true">'
            "</iframe>",
            expect={
                "native_id": "k1abc2d",
                "permalink": "https://www.reddit.com/r/tidewatch/comments/1abc2de/comment/k1abc2d/",
            },
        ),
        Example(
            format="html",
            source='<amp-reddit data-embedtype="post" data-src="https://www.reddit.com/r/tidewatch/comments/1abc2de/'
            'the_quay?ref=share&amp;ref_source=embed"></amp-reddit>',
            expect={"form": "amp", **FOUND},
        ),
        Example(
            format="text",
            source="https://old.reddit.com/r/tidewatch/comments/1abc2de/the_quay_at_low_tide/?utm_source=share",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.reddit.com/user/MaraRows/comments/1abc2de/the_quay_at_low_tide/",
            expect={"handle": "MaraRows", "permalink": "https://www.reddit.com/user/MaraRows/comments/1abc2de/"},
        ),
        Example(
            format="text",
            source="https://www.reddit.com/user/MaraRows/comments/1abc2de/comment/k1abc2d/",
            expect={"native_id": "k1abc2d", "handle": None},
        ),
        Example(
            format="text",
            source="https://redd.it/1abc2de",
            expect={"form": "url", "permalink": "https://www.reddit.com/comments/1abc2de/"},
        ),
        Example(
            format="markdown",
            source="{% reddit https://www.reddit.com/r/tidewatch/comments/1abc2de/ %}",
            expect={"form": "shortcode", **FOUND},
        ),
        Example(
            format="html",
            source='<div class="reddit-embed" data-embed-uri="https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay/">'
            "</div>",
            expect={"form": "blockquote", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.reddit.com/gallery/1abc2de",
            expect={"form": "url", "permalink": "https://www.reddit.com/comments/1abc2de/"},
        ),
        Example(
            format="text",
            source="Before\nhttps://www.reddit.com/r/tidewatch/s/Qy7LampX20\nAfter",
            expect={"form": "url", "permalink": "https://www.reddit.com/r/tidewatch/s/Qy7LampX20"},
        ),
        Example(
            format="text",
            source="https://www.reddit.com/oembed?url=https%3A%2F%2Fwww.reddit.com%2Fr%2Ftidewatch%2Fcomments%2F1abc2de%2F",
            expect={"form": "url", **FOUND},
        ),
    ),
    misses=(
        ("text", "https://www.reddit.com/user/MaraRows/comments/"),
        ("text", "A photo by u/MaraRows in response to the storm."),
        ("text", "The thread in r/tidewatch was started by u/MaraRows."),
        ("markdown", "As [one user](https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay/) wrote."),
        ("html", '<a class="share-reddit" href="https://www.reddit.com/submit?url=https://example.com/">Reddit</a>'),
        ("html", '<a href="https://www.reddit.com/r/tidewatch/comments/1abc2de/">the thread</a>'),
    ),
)
