"""Threads: posts, whose codes are Instagram's, and the two lines that its embed code leaves."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, UrlForm
from archiver.times import threads_time

HOSTS = ("threads.net", "threads.com")
CODE = r"(?P<id>[\w-]{9,40})(?![\w-])"
POST = (
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@ines.okafor/post/'
    'DAnqgdfgBCS" data-text-post-version="0" id="ig-tp-DAnqgdfgBCS" style="background:#FFF"><a href="https://www.'
    'threads.net/@ines.okafor/post/DAnqgdfgBCS" target="_blank"><div><div>Post by @ines.okafor</div><div>View on '
    "Threads</div></div></a></blockquote>"
)
UNSIGNED = (
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/t/DAnqgdfgBCS?xmt=AQ" '
    'id="ig-tp-DAnqgdfgBCS"><a href="https://www.threads.com/t/DAnqgdfgBCS">View on Threads</a></blockquote>'
)
FOUND = {
    "native_id": "DAnqgdfgBCS",
    "permalink": "https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS",
    "handle": "ines.okafor",
}

THREADS = Platform(
    name="threads",
    label="Threads",
    opened="2023-07-05",  # the day the app came out
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/@(?P<handle>[\w.]{{1,30}})/post/{CODE}"),
            permalink="https://www.threads.net/@{handle}/post/{id}",
        ),
        UrlForm(hosts=HOSTS, path=re.compile(rf"/t/{CODE}"), permalink="https://www.threads.net/t/{id}"),
        UrlForm(hosts=HOSTS, path=re.compile(r"/oembed"), inner="url"),
    ),
    profile="https://www.threads.net/@{handle}",
    id_time=threads_time,
    captured_at=("threads.net/@{handle}/post/{id}", "threads.com/@{handle}/post/{id}"),
    markup=(
        Markup(
            form="blockquote",
            tag="blockquote",
            having=".text-post-media",
            urls=("data-text-post-permalink", "a:first"),
        ),
        Markup(
            form="blockquote",
            tag="blockquote",
            having="data-text-post-permalink",
            urls=("data-text-post-permalink",),
        ),
    ),
    phrases=(
        Phrase(
            anchor="Post by @",
            pattern=re.compile(r"Post by @(?P<handle>[A-Za-z0-9._]{1,30}?)\.?\s{0,60}View on Threads(?![a-z0-9_])"),
            language="en",
        ),
        # Without a name it is also the words of many sites' own buttons: only where it has a line to itself.
        Phrase(
            anchor="View on Threads",
            pattern=re.compile(r"View on Threads(?=[ \t]*(?:\n|$))"),
            before=re.compile(r"^[ \t]*$"),
            language="en",
        ),
    ),
    loaders=("threads.net/embed.js", "threads.com/embed.js"),
    needles=("text-post-", "hreads.net/", "hreads.com/"),
    traces=(
        "text-post-media",
        "text-post-permalink",
        "hreads.net/@",
        "hreads.net/t/",
        "hreads.com/@",
        "hreads.com/t/",
    ),
    examples=(
        Example(
            format="text",
            source="The mayor answered.\nPost by @ines.okafor\nView on Threads\nThe next day",
            expect={"marker": "Post by @ines.okafor\nView on Threads", "handle": "ines.okafor", "language": "en"},
        ),
        Example(
            format="text",
            source="He wrote: Post by @ines.okafor View on Threads And then",
            expect={"handle": "ines.okafor", "text": None},
        ),
        Example(format="text", source="Before\n\nView on Threads\n\nAfter", expect={"marker": "View on Threads"}),
        Example(
            format="markdown",
            source="> [View on Threads](https://www.threads.com/@ines.okafor/post/DAnqgdfgBCS)",
            expect=FOUND,
        ),
        Example(
            format="html", source=f"<p>A</p>{POST}<p>B</p>", expect={"form": "blockquote", "marker": POST, **FOUND}
        ),
        Example(
            format="html",
            source=UNSIGNED,
            expect={"native_id": "DAnqgdfgBCS", "permalink": "https://www.threads.net/t/DAnqgdfgBCS", "handle": None},
        ),
        Example(
            format="html",
            source='<iframe src="https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS/embed/"></iframe>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS?igshid=abc",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="text",
            source="https://www.threads.net/oembed?url=https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS",
            expect={"form": "url", **FOUND},
        ),
    ),
    misses=(
        ("text", "You can view on Threads what the harbour office wrote."),
        ("text", "Follow us. View on Threads | View on Instagram"),
        ("markdown", "See [her post](https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS) of Friday."),
        ("html", '<a href="https://www.threads.net/@ines.okafor">Threads</a>'),
        ("html", '<a class="share" href="https://www.threads.net/intent/post?text=Storm">Share</a>'),
    ),
)
