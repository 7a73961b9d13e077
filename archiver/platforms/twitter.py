"""X, which was Twitter: statuses, and the attribution line that every embedded one has carried since 2011."""

import re
from datetime import UTC

from archiver.platforms.base import QUOTE, Dashed, Example, Markup, Platform, Script, Shortcode, TextLimit, UrlForm
from archiver.times import snowflake_time

HOSTS = ("twitter.com", "x.com")
STATUS = "https://twitter.com/i/status/{id}"
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
# Components of React, Astro and MDX, and the attributes in which each of them may have the id.
COMPONENTS = ("Tweet", "TweetEmbed", "TwitterTweetEmbed")
COMPONENT_IDS = ("id", "tweetId")
HUGO = r"(?:tweet|twitter|x)(?:_simple)?"


TWEET = (
    '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">We have read the same charts.<br><br>'
    'Boats can be replaced. <a href="https://twitter.com/hashtag/stormwatch?src=hash">#stormwatch</a></p>&mdash; '
    'Pilots of the North (@northpilots) <a href="https://twitter.com/northpilots/status/1311875027000000512?ref_src=tw">'
    "October 2, 2020</a></blockquote>"
)
LOADER = '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
BUILT = (
    '<div id="quay"></div>\n<script>twttr.widgets.createTweet("1311875027000000512", document.getElementById("quay"), '
    "{lang: 'en'});</script>"
)
# Printed dates and what they are: None where the month may be another one, or is of no language that is known.
DATES = (
    ("2 listopada 2020", "2020-11-02"),
    ("2. listopada 2020", "2020-10-02"),
    ("2 listopad 2020", None),
    ("2 اکتوبر، 2020", "2020-10-02"),
    ("2020(e)ko urriaren 2(a)", "2020-10-02"),
    ("২ জানুয়ারি, ২০২০", "2020-01-02"),
    ("2 Quuxember 2020", None),
)

SEEN = {"native_id": "1311875027000000512", "handle": "northpilots"}

TWITTER = Platform(
    name="twitter",
    label="X (Twitter)",
    opened="2006-03-21",  # the day of the first tweet
    urls=(
        # Where a name would stand these stand for nobody.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:(?:i(?:/web)?|anyuser|statuses)/)?status(?:es)?/(?P<id>\d{1,20})(?!\w)"),
            permalink=STATUS,
        ),
        # The frame of a tweet's video (yt-dlp, `TwitterIE`, which also knows `/i/videos/ID`).
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/i/videos/(?:tweet/)?(?P<id>\d{2,20})(?!\w)"),
            permalink=STATUS,
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?P<handle>\w{1,20})/status(?:es)?/(?P<id>\d{1,20})(?!\w)"),
            permalink="https://twitter.com/{handle}/status/{id}",
        ),
        UrlForm(
            hosts=("platform.twitter.com", "platform.x.com"),
            path=re.compile(r"/embed/"),
            query=("id",),
            value=re.compile(r"\d{1,20}"),
            permalink=STATUS,
        ),
        # Mails and counters lead through it. `t.co` carries no id, so where it leads is not known.
        UrlForm(hosts=HOSTS, path=re.compile(r"/i/redirect$"), inner="url"),
    ),
    profile="https://twitter.com/{handle}",
    sources=("x-syndication", "x-oembed"),
    media_hosts=("pbs.twimg.com", "video.twimg.com"),
    nobody=frozenset({"i", "statuses", "anyuser"}),
    id_time=snowflake_time,
    day_zone=UTC,  # 261 of 261 printed days are the UTC day of the id (`markers.md` §0.4)
    captured_at=(
        "twitter.com/{handle}/status/{id}",
        "mobile.twitter.com/{handle}/status/{id}",
        "x.com/{handle}/status/{id}",
    ),
    handle=HANDLE,
    markup=(
        # The last status link is the post's own; those before it stand in its text.
        Markup(form="blockquote", tag="blockquote", having=".twitter-tweet", urls=("a:last",)),
        Markup(form="blockquote", tag="blockquote", having=".twitter-video", urls=("a:last",)),
        Markup(form="iframe", tag="iframe", having="data-tweet-id", urls=("data-tweet-id",), template=STATUS),
        Markup(form="iframe", tag="twitterwidget", having="data-tweet-id", urls=("data-tweet-id",), template=STATUS),
        # Page builders keep the id on an element of their own, for their script to fill.
        Markup(form="blockquote", tag="blockquote", having="data-tweetid", urls=("data-tweetid",), template=STATUS),
        Markup(form="iframe", tag="div", having="data-tweetid", urls=("data-tweetid",), template=STATUS),
        # X's own pages have one for each post, and more on it.
        Markup(
            form="iframe",
            tag="div",
            having="data-tweet-id",
            without="data-item-id",
            urls=("data-tweet-id",),
            template=STATUS,
        ),
        Markup(form="iframe", tag="embetty-tweet", having="status", urls=("status",), template=STATUS),
        *(
            Markup(form="iframe", tag=tag.lower(), having=name.lower(), urls=(name.lower(),), template=STATUS)
            for tag in COMPONENTS
            for name in COMPONENT_IDS
        ),
        # mdx-embed's has a path, `northpilots/status/20`.
        Markup(
            form="iframe", tag="tweet", having="tweetlink", urls=("tweetlink",), template="https://twitter.com/{id}"
        ),
        Markup(form="amp", tag="amp-twitter", having="data-tweetid", urls=("data-tweetid",), template=STATUS),
    ),
    # X's own function for scripts (docs.x.com, "JavaScript factory functions").
    scripts=(
        Script(
            form="blockquote",
            opening="widgets.createTweet",
            pattern=re.compile(
                r"widgets\.createTweet(?:Embed)?\s*\(\s*[\"'](?P<id>\d{2,20})[\"']\s*,\s*(?:document\s*\.\s*getElementById\s*"
                r"\(\s*[\"'](?P<place>[\w-]{1,80})[\"'])?"
            ),
            template=STATUS,
        ),
    ),
    shortcodes=(
        Shortcode(
            opening="[tweet",
            pattern=re.compile(rf"\[tweet\s+(?:url=)?{QUOTE}(?P<url>https?://[^\s\"'”″\]]++)[^\]\n]{{0,200}}\]"),
        ),
        Shortcode(
            opening="[tweet",
            pattern=re.compile(rf"\[tweet\s+(?:id=)?{QUOTE}(?P<id>\d{{2,20}})[^\]\n]{{0,200}}\]"),
            template=STATUS,
        ),
        # The plug-in Twitter Blackbird Pie, from before WordPress embedded addresses.
        Shortcode(
            opening="[blackbirdpie",
            pattern=re.compile(
                r"\[blackbirdpie(?<!\[\[blackbirdpie)\s(?>[^\[\]\n]{0,100}?\b(?:id|url)=)"
                rf"{QUOTE}(?:https?://[^\s\[\]]{{0,100}}?/)?(?P<id>\d{{2,20}})(?!\w)[^\[\]\n]{{0,200}}+\]"
            ),
            template=STATUS,
        ),
        # Hugo's own (gohugo.io/shortcodes/x), of which the `_simple` ones load nothing; arguments are in any order.
        Shortcode(
            opening="{{",
            word="user=",
            pattern=re.compile(
                rf"\{{\{{[<%]\s*{HUGO}\s+(?=[^{{}}\n]{{0,100}}?\bid=[\"'`]?(?P<id>\d{{2,20}})\b)"
                r"[^{}\n]{0,100}?\buser=[\"'`]?@?(?P<handle>[A-Za-z0-9_]{1,15})\b[^{}\n]{0,100}[>%]\}\}"
            ),
            formats=("markdown",),
            template="https://twitter.com/{handle}/status/{id}",
        ),
        Shortcode(
            opening="{{",
            pattern=re.compile(
                rf"\{{\{{[<%]\s*{HUGO}\s+[^{{}}\n]{{0,100}}?\b(?P<id>\d{{2,20}})\b[^{{}}\n]{{0,100}}[>%]\}}\}}"
            ),
            formats=("markdown",),
            template=STATUS,
        ),
        # Jekyll's plug-ins (github.com/rob-murray/jekyll-twitter-plugin has the word `oembed` before the address).
        Shortcode(
            opening="{%",
            pattern=re.compile(
                r"\{%-?\s*(?:twitter|tweet|x)\s+(?:oembed\s+)?[\"']?(?P<url>https?://[^\s\"'%]++)[^%{}\n]{0,200}%\}"
            ),
            formats=("markdown",),
        ),
        Shortcode(
            opening="{%",
            pattern=re.compile(r"\{%-?\s*(?:twitter|tweet|x)\s+[\"']?(?P<id>\d{2,20})\b[^%{}\n]{0,200}%\}"),
            formats=("markdown",),
            template=STATUS,
        ),
    ),
    dashed=Dashed(handle=HANDLE),
    # 140 characters until 7 November 2017, then 280, of which Chinese, Japanese, Korean ones and emoji count as two
    # (Twitter's blog of that day; docs.x.com, "Counting characters"); paid accounts may write more.
    # Since 19 September 2016 neither pictures nor quoted posts count (announced by X that May and on that day).
    text_limits=(
        TextLimit("2016-09-19", 140),
        TextLimit("2017-11-07", 140, attached=True),
        TextLimit("9999", 280, wide=2, attached=True),
    ),
    spoken_of=re.compile(r"(?<!pic\.)tw(?:eet|itter(?!\.com))|ツイート", re.IGNORECASE),
    tokens=re.compile(r"pic\.(?:twitter|x)\.com/[A-Za-z0-9]{8,10}"),
    token_words=("pic.twitter.com/", "pic.x.com/"),
    loaders=("platform.twitter.com/widgets.js", "platform.twitter.com/js/*.js", "platform.x.com/widgets.js"),
    callers=(
        "platform.twitter.com/oct.js",
        "platform.twitter.com/widgets/*.html",
        "static.ads-twitter.com/*.js",
        "analytics.twitter.com/i/adsct",
        "t.co/i/adsct",
    ),
    needles=(
        "tweet",
        "[blackbirdpie",
        "/i/videos/",
        "/i/redirect",
        "<Tweet",
        "<TwitterTweet",
        "createTweet",
        "twitter-v",
        "/status",
        ".com/embed/",
    ),
    traces=(
        "twitter-tweet",
        "twitter-video",
        "tweet-id",
        "tweetid",
        *(f"<{name}" for name in ("tweet", *COMPONENTS)),
        "/status/",
        "/statuses/",
        "/i/redirect?",
        "twitter.com/embed/",
        "platform.x.com/embed/",
        "[tweet",
        "[blackbirdpie",
        "/i/videos/",
        "embetty-tweet",
        "widgets.createTweet",
    ),
    examples=(
        *(
            Example(
                format="text",
                source=f"The quays are closed. — Ines Okafor (@ines_okafor) {printed}",
                expect={"author_name": "Ines Okafor", "posted_at": posted_at, "posted_text": printed},
            )
            for printed, posted_at in DATES
        ),
        Example(
            format="text",
            source="Low tide.\n— Pilots of the North (@northpilots)\n      \nOctober 2, 2020\n\nFog.",
            expect={"handle": "northpilots", "posted_at": "2020-10-02", "text": "Low tide."},
        ),
        Example(
            format="text",
            source="Boats can be replaced. #stormwatch — Pilots of the North (@northpilots) October 2, 2020",
            expect={
                "form": "text",
                "start": 0,
                "text": "Boats can be replaced. #stormwatch",
                "handle": "northpilots",
                "author_name": "Pilots of the North",
                "posted_at": "2020-10-02",
                "precision": "day",
                "posted_text": "October 2, 2020",
            },
        ),
        Example(
            format="text",
            source="The sea took it. pic.twitter.com/Ab3dEf6hIj — ABC 9 - Harbour (@abc9_harbour) May 1, 2019Then",
            expect={"author_name": "ABC 9 - Harbour", "posted_at": "2019-05-01"},
        ),
        Example(
            format="text",
            source="High water.\n\n— Mara Lind (@maralind) [May 1, 2015][3]\n\nThen",
            expect={"handle": "maralind", "posted_at": "2015-05-01", "posted_text": "May 1, 2015", "start": 0},
        ),
        Example(
            format="text",
            source="— Mara Lind (@maralind) [May 1, 2015](https://twitter.com/maralind/status/594202211340582912)\n",
            expect={"posted_text": "May 1, 2015", "native_id": "594202211340582912"},
        ),
        # The link is gone, with the account or by hand: still an embed, of a post that is not known.
        Example(
            format="html",
            source='<blockquote class="twitter-tweet"><p lang="en">High water</p></blockquote>',
            expect={"form": "blockquote", "native_id": None, "handle": None, "text": None},
        ),
        # An editor keeps the address above the post that it stands for.
        Example(
            format="text",
            source="https://x.com/maralind/status/594202211340582912\n\nHigh water — Mara Lind (@maralind) May 1, 2015",
            expect={"start": 0, "form": "text", "native_id": "594202211340582912", "text": "High water"},
        ),
        Example(
            format="html",
            source=f"<div><p>https://twitter.com/northpilots/status/1311875027000000512</p>{TWEET}</div>",
            expect={"form": "blockquote", "native_id": "1311875027000000512", "handle": "northpilots"},
        ),
        Example(
            format="text",
            source="Night shift.\n\n\x97 Mara Lind (@maralind) December 24, 2016\n Follow",
            expect={"author_name": "Mara Lind", "handle": "maralind"},
        ),
        Example(
            format="text",
            source="Der Deich hält. pic.twitter.com/Ab3dEf6hIj Am Morgen danach",
            expect={"marker": "pic.twitter.com/Ab3dEf6hIj", "handle": None},
        ),
        Example(
            format="text",
            source="pic.twitter.com/Ab3dEf6hIj — MARA LIND (@maralind)\n\nThe next morning",
            expect={"handle": "maralind", "posted_at": None},
        ),
        Example(
            format="markdown",
            source="> Boats can be replaced.\n>\n> — Pilots of the North (@northpilots) [October 2, 2020]"
            "(https://twitter.com/northpilots/status/1311875027000000512?ref_src=twsrc%5Etfw)",
            expect={
                "native_id": "1311875027000000512",
                "permalink": "https://twitter.com/northpilots/status/1311875027000000512",
                "posted_text": "October 2, 2020",
            },
        ),
        Example(
            format="html",
            source=f"<p>Before</p>{TWEET}{LOADER}<p>After</p>",
            expect={
                "form": "blockquote",
                "marker": TWEET,
                "native_id": "1311875027000000512",
                "author_name": "Pilots of the North",
                "text": "We have read the same charts.\n\nBoats can be replaced. #stormwatch",
                "posted_at": "2020-10-02",
            },
        ),
        Example(
            format="html",
            source='<blockquote class="twitter-tweet"><a href="https://x.com/northpilots/status/1311875027000000512"></a>'
            "</blockquote>",
            expect={"native_id": "1311875027000000512", "handle": "northpilots", "text": None},
        ),
        Example(
            format="html",
            source='<div class="twitter-tweet twitter-tweet-rendered"><iframe data-tweet-id="1311875027000000512" '
            'src="about:blank"></iframe></div>',
            expect={"form": "iframe", "native_id": "1311875027000000512"},
        ),
        Example(
            format="html",
            source='<twitterwidget class="twitter-tweet" data-tweet-id="1311875027000000512"></twitterwidget>',
            expect={"form": "iframe", "native_id": "1311875027000000512"},
        ),
        Example(
            format="html",
            source='<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=1311875027000000512">'
            "</iframe>",
            expect={"form": "iframe", "permalink": "https://twitter.com/i/status/1311875027000000512"},
        ),
        Example(
            format="html",
            source='<blockquote class="twitter-video"><p>High water</p>&mdash; Mara Lind (@maralind) <a href="https://'
            'twitter.com/maralind/status/594202211340582912">May 1, 2015</a></blockquote>',
            expect={"form": "blockquote", "native_id": "594202211340582912", "posted_at": "2015-05-01"},
        ),
        Example(
            format="html",
            source='<amp-twitter data-tweetid="1311875027000000512" width="1" height="1"></amp-twitter>',
            expect={"form": "amp", "native_id": "1311875027000000512"},
        ),
        Example(
            format="markdown",
            source="{{< tweet 1311875027000000512 >}}",
            expect={"form": "shortcode", "native_id": "1311875027000000512"},
        ),
        Example(
            format="markdown",
            source='{{< x_simple id="1311875027000000512" >}}',
            expect={"form": "shortcode", "native_id": "1311875027000000512", "handle": None},
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **SEEN})
            for code in (
                '{{< x user="northpilots" id="1311875027000000512" >}}',
                "{{< tweet id=1311875027000000512 user=northpilots >}}",
                '{{< twitter_simple user="northpilots" id="1311875027000000512" >}}',
                "{{< x user=`northpilots` id=`1311875027000000512` >}}",
                "{% twitter https://twitter.com/northpilots/status/1311875027000000512 %}",
                "{% twitter oembed https://twitter.com/northpilots/status/1311875027000000512 align='right' %}",
            )
        ),
        *(
            Example(format="markdown", source=code, expect={"form": "shortcode", "native_id": "1311875027000000512"})
            for code in (
                "{% twitter 1311875027000000512 %}",
                '{% tweet "1311875027000000512" %}',
                '[blackbirdpie id="1311875027000000512"]',
                '[blackbirdpie url="https://twitter.com/northpilots/status/1311875027000000512"]',
                "[tweet url=”https://twitter.com/northpilots/status/1311875027000000512″]",
            )
        ),
        Example(
            format="text",
            source='[tweet "https://x.com/northpilots/status/1311875027000000512" align=center]',
            expect={"form": "shortcode", "handle": "northpilots"},
        ),
        Example(
            format="html",
            source="<p>[tweet id=1311875027000000512]</p>",
            expect={"form": "shortcode", "marker": "[tweet id=1311875027000000512]", "handle": None},
        ),
        Example(
            format="html",
            source='<iframe src="https://twitter.com/i/videos/tweet/1311875027000000512"></iframe>',
            expect={"form": "iframe", "permalink": "https://twitter.com/i/status/1311875027000000512"},
        ),
        Example(
            format="html",
            source="<p>https://twitter.com/statuses/1311875027000000512</p>",
            expect={"form": "url", "permalink": "https://twitter.com/i/status/1311875027000000512"},
        ),
        Example(
            format="text",
            source="Before\nhttps://mobile.twitter.com/northpilots/status/1311875027000000512?s=20\nAfter",
            expect={"form": "url", "permalink": "https://twitter.com/northpilots/status/1311875027000000512"},
        ),
        Example(
            format="html",
            source="<p>https://twitter.com/i/redirect?url=https%3A%2F%2Ftwitter.com%2Fnorthpilots%2Fstatus%2F1311875027000000512"
            "%3Fs%3D20&amp;t=1&amp;cn=x</p>",
            expect={"form": "url", "permalink": "https://twitter.com/northpilots/status/1311875027000000512"},
        ),
        Example(
            format="html",
            source=f"<textarea class='consent' hidden><form></form>{TWEET}</textarea>",
            expect={"start": 0, "form": "iframe", "author_name": "Pilots of the North", "posted_at": "2020-10-02"},
        ),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, "form": form})
            for form, element in (
                ("blockquote", '<blockquote data-tweetid="1311875027000000512"><p>High water</p></blockquote>'),
                ("iframe", '<div class="tweet" data-tweetid="1311875027000000512"></div>'),
                (
                    "iframe",
                    '<div data-src="https://pics.example/500/https://x.com/northpilots/status/1311875027000000512"></div>',
                ),
                ("iframe", '<div class="tweet" data-tweet-id="1311875027000000512"></div>'),
                ("iframe", '<embetty-tweet status="1311875027000000512"></embetty-tweet>'),
                ("blockquote", BUILT),
                *(
                    ("iframe", f"<{tag} {name}={value} />")
                    for tag in COMPONENTS
                    for name in COMPONENT_IDS
                    for value in ('"1311875027000000512"', "{'1311875027000000512'}")
                ),
                ("iframe", '<Tweet tweetLink="northpilots/status/1311875027000000512" />'),
                ("iframe", '<Tweet id="https://x.com/northpilots/status/1311875027000000512" />'),
                ("iframe", '<XEmbed url="https://x.com/northpilots/status/1311875027000000512" width={325} />'),
            )
        ),
    ),
    misses=(
        ("text", "A talk by Ines Okafor (@ines_okafor) 2 listopad 2020"),
        ("text", "A talk — Ines Okafor (@ines_okafor) 2 quuxes in 2020 and 3 more"),
        ("text", "Mara Lind (@maralind) is the harbour correspondent and writes about storms."),
        ("text", "“The sea always wins,” — Mara Lind, harbour correspondent, October 2, 2020"),
        ("text", "Mail (@office) before noon."),
        ("markdown", "- [Fog](https://x.com/maralind/status/1311875027000000512) by Mara Lind (@maralind)"),
        ("markdown", "— [Fog](https://x.com/maralind/status/1311875027000000512) by Mara Lind (@maralind)"),
        ("text", "- Mara Lind (@maralind)\n- Ines Okafor (@ines_okafor)\n"),
        ("text", "The quay is shut.\n\n— Reporting by Mara Lind; editing by Ines Okafor (@ines_okafor)\n"),
        ("text", "https://t.co/Ab3dEf6hIj"),
        ("markdown", "As [she said](https://twitter.com/maralind/status/1311875027000000512) on Friday."),
        ("html", '<a class="twitter-share-button" href="https://twitter.com/intent/tweet?via=maralind">Tweet</a>'),
        ("html", '<a href="https://twitter.com/maralind/status/1311875027000000512">October 2</a>'),
        ("html", f"<textarea>{TWEET}</textarea>"),
        ("html", '<div class="tweet" data-tweet-id="1311875027000000512" data-item-id="1311875027000000512">Sea</div>'),
        ("html", f"<!-- {TWEET} -->"),
        ("markdown", "<Tweet id={tweet.id} />"),
        ("markdown", "Write ``{{< x user=`northpilots` id=`1311875027000000512` >}}`` with the id of yours."),
        ("markdown", "{% twitter_card 1311875027000000512 %}"),
        ("text", "[[blackbirdpie id=1311875027000000512]]"),
        ("html", '<iframe src="https://twitter.com/i/videos/"></iframe>'),
        ("markdown", '<TwitterShareButton url="https://x.com/northpilots/status/1311875027000000512" />'),
        ("markdown", '<TwitterLink href="https://x.com/northpilots/status/1311875027000000512">then</TwitterLink>'),
    ),
)
