"""Truth Social: posts, on a fork of Mastodon whose embed code is a frame without words."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, UrlForm
from archiver.times import mastodon_fork_time

HOSTS = ("truthsocial.com",)
ID = r"(?P<id>\d{15,19})(?!\w)"
FRAME = (
    '<iframe src="https://truthsocial.com/@harbourmaster/113237543551316025/embed" class="truthsocial-embed" '
    'style="max-width: 100%; border: 0" width="600" allowfullscreen="allowfullscreen"></iframe>'
)
FOUND = {
    "native_id": "113237543551316025",
    "permalink": "https://truthsocial.com/@harbourmaster/posts/113237543551316025",
    "handle": "harbourmaster",
}

TRUTHSOCIAL = Platform(
    name="truthsocial",
    label="Truth Social",
    opened="2022-02-21",  # the day the app came out
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:@|users/)(?P<handle>\w{{1,30}})/(?:posts/|statuses/)?{ID}"),
            permalink="https://truthsocial.com/@{handle}/posts/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:posts|statuses|embed)/{ID}"),
            permalink="https://truthsocial.com/posts/{id}",
        ),
    ),
    profile="https://truthsocial.com/@{handle}",
    id_time=mastodon_fork_time,
    captured_at=("truthsocial.com/@{handle}/posts/{id}", "truthsocial.com/@{handle}/{id}"),
    markup=(
        Markup(form="blockquote", tag="blockquote", having=".truthsocial-embed", urls=("data-embed-url", "a:first")),
    ),
    phrases=(
        Phrase(
            anchor="Post by @",
            pattern=re.compile(r"Post by @(?P<handle>\w{1,30})(?![\w@])"),
            linked=True,
            language="en",
        ),
    ),
    loaders=("truthsocial.com/embed.js",),
    needles=("truthsocial",),
    traces=("truthsocial-embed", "truthsocial.com/@", "truthsocial.com/users/", "truthsocial.com/posts/"),
    examples=(
        Example(
            format="html",
            source=f'<p>A</p>{FRAME}<script src="https://truthsocial.com/embed.js" async="async"></script><p>B</p>',
            expect={"form": "iframe", "marker": FRAME, **FOUND},
        ),
        Example(
            format="html",
            source='<iframe class="truthsocial-embed" src="about:blank" '
            'data-src="https://truthsocial.com/@harbourmaster/113237543551316025/embed"></iframe>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="text",
            source="https://truthsocial.com/@harbourmaster/posts/113237543551316025",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="text",
            source="https://truthsocial.com/users/harbourmaster/statuses/113237543551316025",
            expect={"form": "url", **FOUND},
        ),
        Example(
            format="html",
            source='<blockquote class="truthsocial-embed" data-embed-url="https://truthsocial.com/@harbourmaster/'
            '113237543551316025/embed"><a href="https://truthsocial.com/@harbourmaster/113237543551316025">Post by '
            "@harbourmaster</a></blockquote>",
            expect={"form": "blockquote", **FOUND},
        ),
        Example(
            format="markdown",
            source="[Post by @harbourmaster](https://truthsocial.com/@harbourmaster/113237543551316025)",
            expect={"form": "text", **FOUND},
        ),
        Example(
            format="text",
            source="https://truthsocial.com/posts/113237543551316025",
            expect={"form": "url", "permalink": "https://truthsocial.com/posts/113237543551316025", "handle": None},
        ),
    ),
    misses=(
        ("text", "Post by @harbourmaster"),
        ("text", "He said so on Truth Social (@harbourmaster)."),
        ("markdown", "As [he](https://truthsocial.com/@harbourmaster/posts/113237543551316025) said."),
        ("html", '<a href="https://truthsocial.com/@harbourmaster">Truth Social</a>'),
        ("html", '<iframe src="https://truthsocial.com/@harbourmaster"></iframe>'),
    ),
)
