"""Spotify: tracks, albums, playlists, episodes and shows, which leave a frame and no text. An artist is no post."""

import re

from archiver.platforms.base import Example, Platform, Shortcode, UrlForm
from archiver.times import UndatedIds

HOSTS = ("open.spotify.com", "play.spotify.com", "embed.spotify.com")
KINDS = ("track", "album", "playlist", "episode", "show")
KIND = r"(?P<kind>track|album|playlist|episode|show|audiobook|chapter|prerelease)"
# 128 bits in base 62. The colons of a URI (`spotify:track:…`) are read as an address's slashes.
ID = r"(?P<id>[A-Za-z0-9]{22})(?![A-Za-z0-9])"

FRAME = (
    '<iframe style="border-radius:12px" src="https://open.spotify.com/embed/track/4tideQuayLantern204xYz?utm_source'
    '=generator" width="100%" height="152"></iframe>'
)
SEEN = {"native_id": "4tideQuayLantern204xYz", "permalink": "https://open.spotify.com/track/4tideQuayLantern204xYz"}

SPOTIFY = Platform(
    name="spotify",
    label="Spotify",
    noun="recording",
    medium="recording",
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(
                r"/(?:intl-[A-Za-z-]{2,7}/)?(?:embed(?:-podcast)?/|embed-legacy/)?(?:user/(?P<handle>[^/:]{1,80})[/:])?"
                rf"{KIND}[/:]{ID}"
            ),
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:embed/?|oembed/?)?$"), inner="uri"),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:embed/?|oembed/?)?$"), inner="url"),
        # `spotify:track:…` is resolved as if `spotify` were a host.
        UrlForm(hosts=("spotify",), path=re.compile(rf"/(?:user[/:](?P<handle>[^/:]{{1,80}})[/:])?{KIND}[/:]{ID}")),
        UrlForm(
            hosts=("spotify.link", "spoti.fi"),
            path=re.compile(r"/(?P<id>\w{6,20})"),
            permalink="https://{host}/{id}",
        ),
    ),
    permalink="https://open.spotify.com/{kind}/{id}",
    profile="https://open.spotify.com/user/{handle}",
    sources=("spotify-oembed",),
    media_hosts=("i.scdn.co", "*.spotifycdn.com"),
    undated=UndatedIds(shape=re.compile(r"[A-Za-z0-9]{22}"), why="no time is known to be in the id"),
    shortcodes=(
        Shortcode(
            opening="[spotify",
            pattern=re.compile(
                r"\[spotify(?<!\[\[spotify)[\s=:\]](?>[^\[\]\n]{0,100}?(?P<url>https?://[^\s\"'\[\]]{8,200}))[^\[\]\n]{0,200}+"
                r"(?:\[/spotify)?\]"
            ),
        ),
        Shortcode(
            opening="[spotify",
            pattern=re.compile(
                rf"\[spotify(?<!\[\[spotify)[\s=\]][^\[\]\n]{{0,100}}?spotify:(?P<uri>[\w:]{{0,80}}?{KIND}:{ID})[^\[\]\n]{{0,200}}+"
                r"(?:\[/spotify)?\]"
            ),
            template="https://open.spotify.com/{id}",
        ),
        Shortcode(
            opening="{{",
            word="spotify",
            pattern=re.compile(
                rf"\{{\{{[<%]\s{{0,9}}[\w-]{{0,20}}spotify[\w-]{{0,20}}\s[^{{}}]{{0,200}}?(?P<uri>{KIND}[:/]{ID})"
                r"[^{}]{0,300}+(?<=[>%])\}\}"
            ),
            formats=("markdown",),
            template="https://open.spotify.com/{id}",
        ),
        # The same, with type and id apart: `{{< spotify type="track" id="…" >}}`.
        *(
            Shortcode(
                opening="{{",
                word="spotify",
                pattern=re.compile(
                    rf"\{{\{{[<%]\s{{0,9}}[\w-]{{0,20}}spotify[\w-]{{0,20}}\s(?=[^{{}}]{{0,300}}?[\"'= ]{kind}\b)"
                    rf"[^{{}}]{{0,300}}?[\"'= ]{ID}[^{{}}]{{0,300}}+(?<=[>%])\}}\}}"
                ),
                formats=("markdown",),
                template=f"https://open.spotify.com/{kind}/{{id}}",
            )
            for kind in KINDS
        ),
        Shortcode(
            opening="{%",
            word="spotify",
            pattern=re.compile(
                rf"\{{%-?\s{{0,9}}spotify\s{{1,9}}[\"']?spotify:(?P<uri>{KIND}:{ID})[^{{}}]{{0,200}}+(?<=%)\}}"
            ),
            formats=("markdown",),
            template="https://open.spotify.com/{id}",
        ),
    ),
    loaders=("open.spotify.com/embed/iframe-api/v1",),
    needles=("potify", "spoti.fi/"),
    traces=(
        *(
            f"potify.com/{path}"
            for path in ("embed", "intl-", "user/", "track", "album", "playlist", "episode", "show")
        ),
        "embed.spotify.com/",
        "play.spotify.com/",
        "potify.com/audiobook",
        "potify.com/chapter",
        "potify.com/prerelease",
        "potify.com\\/",
        "potify.com%2F",
        "spotify.link/",
        "spotify:",
        "[spotify",
        "spoti.fi/",
    ),
    examples=(
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **SEEN}),
        Example(
            format="html",
            source='<iframe src="https://open.spotify.com/embed-podcast/show/7quayNightsPodcast204x"></iframe>',
            expect={
                "native_id": "7quayNightsPodcast204x",
                "permalink": "https://open.spotify.com/show/7quayNightsPodcast204x",
            },
        ),
        Example(
            format="html",
            source='<iframe src="https://embed.spotify.com/?uri=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F'
            '4tideQuayLantern204xYz"></iframe>',
            expect=SEEN,
        ),
        *(
            Example(format="text", source=f"Before\n{url}\nAfter", expect={"form": "url", **SEEN})
            for url in (
                "https://open.spotify.com/track/4tideQuayLantern204xYz?si=0a1b2c",
                "https://open.spotify.com/intl-de/track/4tideQuayLantern204xYz",
                "https://play.spotify.com/track/4tideQuayLantern204xYz",
                "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Ftrack%2F4tideQuayLantern204xYz",
            )
        ),
        Example(
            format="text",
            source="https://open.spotify.com/user/northpilots/playlist/4tideQuayLantern204xYz",
            expect={"handle": "northpilots", "permalink": "https://open.spotify.com/playlist/4tideQuayLantern204xYz"},
        ),
        *(
            Example(format="markdown", source=f"One {code} two", expect={"form": "shortcode", "marker": code, **SEEN})
            for code in (
                "[spotify https://open.spotify.com/track/4tideQuayLantern204xYz]",
                '[spotify id="spotify:track:4tideQuayLantern204xYz" width="400"]',
                '{{< spotify type="track" id="4tideQuayLantern204xYz" width="100%" >}}',
                '{{< spotify "track/4tideQuayLantern204xYz" >}}',
                "{% spotify spotify:track:4tideQuayLantern204xYz %}",
            )
        ),
        Example(
            format="html",
            source='<iframe src="https://embed.spotify.com/?uri=spotify:user:northpilots:playlist:4tideQuayLantern204xYz">'
            "</iframe>",
            expect={"handle": "northpilots", "permalink": "https://open.spotify.com/playlist/4tideQuayLantern204xYz"},
        ),
        *(
            Example(
                format="markdown",
                source=f'{{{{< spotify type="{kind}" id="4tideQuayLantern204xYz" >}}}}',
                expect={"permalink": f"https://open.spotify.com/{kind}/4tideQuayLantern204xYz"},
            )
            for kind in KINDS
        ),
        Example(
            format="text",
            source="https://spoti.fi/2QyLamp",
            expect={"form": "url", "permalink": "https://spoti.fi/2QyLamp"},
        ),
    ),
    misses=(
        ("html", '<a href="https://open.spotify.com/artist/4tideQuayLantern204xYz">Listen on Spotify</a>'),
        ("html", '<iframe src="https://open.spotify.com/embed/artist/4tideQuayLantern204xYz"></iframe>'),
        ("html", '<p>Hear <a href="https://open.spotify.com/track/4tideQuayLantern204xYz">the song</a>.</p>'),
        ("html", f"<pre>{FRAME}</pre>"),
        ("text", "https://open.spotify.com/artist/4tideQuayLantern204xYz"),
        ("text", "https://open.spotify.com/user/northpilots"),
    ),
)
