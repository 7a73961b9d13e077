"""TikTok: videos and photo posts, and the line with a note sign that its embed code leaves."""

import re

from archiver.platforms.base import Example, Markup, Phrase, Platform, Shortcode, UrlForm
from archiver.times import tiktok_time

HOSTS = ("tiktok.com",)
VIDEO = "https://www.tiktok.com/@/video/{id}"  # TikTok redirects an empty handle to the author's
POSTS = r"(?P<id>\d{15,20})(?!\w)"

# The sound's name is given in the language of whoever copied the code: "original sound" in TikTok's own wording.
SOUNDS = {
    "en": r"original sound",
    "fr": r"son original",
    "es": r"sonido original",
    "de": r"Originalton",
    "it": r"suono originale",
    "pt": r"som original",
    "nl": r"(?:origineel|oorspronkelijk) geluid",
    "sv": r"originalljud",
    "da": r"original(?:e)? lyd|oprindelig lyd",
    "fi": r"alkuperäinen ääni",
    "pl": r"(?:dźwięk oryginalny|oryginalny dźwięk)",
    "cs": r"původní zvuk",
    "sk": r"pôvodný zvuk",
    "hu": r"eredeti hang",
    "ro": r"sunet original",
    "hr": r"originalni zvuk",
    "el": r"πρωτότυπος ήχος",
    "tr": r"orijinal ses",
    "ru": r"оригинальный звук",
    "uk": r"оригінальний звук",
    "he": r"צליל מקורי",
    "ar": r"(?:الصوت الأصلي|صوت أصلي)",
    "id": r"suara asli",
    "ms": r"bunyi asal",
    "fil": r"orihinal na tunog",
    "th": r"เสียงต้นฉบับ",
    "vi": r"(?:nhạc nền|âm thanh gốc)",
    "ja": r"オリジナル(?:楽曲|サウンド)",
    "ko": r"(?:오리지널|원본) 사운드",
    "zh": r"原[聲声]",
}
# The owner of a sound ends its line; where more follows on the line, its first word is all that is certain.
OWNER = r" {0,2}[-–—] (?:[^\n{}]{1,90}(?=\n|$)|[^\s{}]{1,40})"
# The first mention of the line, or behind a sentence's end, is the author's: those behind it stand in the caption.
OPENING = re.compile(
    r"(?:^[ \t>]{0,12}|(?<=[.!?…:] )|(?<=[.!?…][”\"] ))@(?P<handle>[\w.]{2,24})(?![\w@/])"
    r"(?:[ \t]+(?P<text>\S(?:.*\S)?))?\s*$"
)
HEAD = re.compile(r"@(?<![\w@./]@)(?P<handle>[\w.]{2,24})(?![\w@/])(?:[ \t]+(?P<text>\S(?:.*\S)?))?\s*$")
# Where a flattener kept the blocks of the code: the handle alone on a line, the caption below it.
BLOCKS = re.compile(r"(?:[^♬]*\n)?[ \t>]{0,12}@(?P<handle>[\w.]{2,24})[ \t]*\n\s*(?:(?P<text>\S[^♬]*\S)\s*)?$")
LINES = re.compile(
    r"(?:[^♬]*\n)?[ \t>]{0,12}@(?P<handle>[\w.]{2,24})(?![\w@/])[ \t]+(?P<text>\S(?:[^♬\n]*\S)?)[ \t>]*\n\s*$"
)

SOUND = re.compile(
    rf"♬ ?(?:{'|'.join(f'(?P<{language}>{sound})' for language, sound in SOUNDS.items())})(?! - \$?{{)(?:{OWNER})?",
    re.IGNORECASE,
)
SONG = re.compile(rf"♬ [^\n♬@]{{1,80}}?{OWNER}")


QUOTED = (
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@mara.rows/video/6878980214519221525" '
    'data-video-id="6878980214519221525" style="max-width: 605px;"><section><a target="_blank" title="@mara.rows" '
    'href="https://www.tiktok.com/@mara.rows">@mara.rows</a> <p>Low tide <a title="quay" target="_blank" '
    'href="https://www.tiktok.com/tag/quay">#quay</a></p> <a target="_blank" title="♬ original sound - Mara Lind" '
    'href="https://www.tiktok.com/music/original-sound-6878980214519221000">♬ original sound - Mara Lind</a>'
    "</section></blockquote>"
)
CREATOR = (
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@mara.rows" data-unique-id="mara.rows" '
    'data-embed-type="creator"><section><a href="https://www.tiktok.com/@mara.rows?refer=creator_embed">@mara.rows</a>'
    "</section></blockquote>"
)
FRAME = '<iframe src="https://www.tiktok.com/embed/v2/6878980214519221525?lang=en-US" width="340"></iframe>'
FOUND = {"native_id": "6878980214519221525", "permalink": "https://www.tiktok.com/@/video/6878980214519221525"}

TIKTOK = Platform(
    name="tiktok",
    label="TikTok",
    noun="video",
    medium="video",
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/@(?P<handle>[\w.]{{1,30}})/(?P<kind>video|photo)/{POSTS}"),
            permalink="https://www.tiktok.com/@{handle}/{kind}/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/(?:embed(?:/v[123])?|player(?:/v1)?|share/video|v|@/video)/{POSTS}"),
            permalink=VIDEO,
        ),
        UrlForm(
            hosts=("vm.tiktok.com", "vt.tiktok.com"),
            path=re.compile(r"/(?P<id>[A-Za-z0-9]{7,12})(?:/|$)"),
            permalink="https://vm.tiktok.com/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/t/(?P<id>[A-Za-z0-9]{7,12})(?:/|$)"),
            permalink="https://www.tiktok.com/t/{id}/",
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/oembed"), inner="url"),
    ),
    profile="https://www.tiktok.com/@{handle}",
    sources=("tiktok-oembed",),
    media_hosts=("*.tiktokcdn.com", "*.tiktokcdn-us.com", "*.tiktokcdn-eu.com"),
    id_time=tiktok_time,
    captured_at=("tiktok.com/@{handle}/video/{id}", "tiktok.com/@{handle}/photo/{id}"),
    markup=(
        # A creator's embed has neither attribute with a post in it, and so is none.
        Markup(
            form="blockquote",
            tag="blockquote",
            having=".tiktok-embed",
            urls=("cite", "data-video-id"),
            template=VIDEO,
        ),
        Markup(form="amp", tag="amp-tiktok", having="data-src", urls=("data-src",), template=VIDEO),
    ),
    shortcodes=(
        Shortcode(
            opening="[tiktok",
            pattern=re.compile(r"\[tiktok\s+(?:url=)?[\"']?(?P<url>https?://[^\s\"'\]]++)[^\]\n]{0,200}\]"),
        ),
        Shortcode(
            opening="{{",
            word="tiktok",
            pattern=re.compile(r"\{\{[<%]\s*tiktok\s+(?:id=)?[\"']?(?P<id>\d{15,20})[\"']?[^{}\n]{0,200}[>%]\}\}"),
            formats=("markdown",),
            template=VIDEO,
        ),
        Shortcode(
            opening="{%",
            word="tiktok",
            pattern=re.compile(r"\{%\s*tiktok\s+[\"']?(?P<url>https?://[^\s\"'%]++)[^%{}\n]{0,200}%\}"),
            formats=("markdown",),
        ),
    ),
    phrases=(
        Phrase(anchor="♬", pattern=SOUND, before=OPENING),
        Phrase(anchor="♬", pattern=SONG, before=OPENING),
        Phrase(anchor="♬", pattern=SOUND, before=HEAD),
        Phrase(anchor="♬", pattern=SONG, before=HEAD),
        Phrase(anchor="♬", pattern=SOUND, lines_before=BLOCKS),
        Phrase(anchor="♬", pattern=SOUND, lines_before=LINES),
        Phrase(anchor="♬", pattern=SONG, lines_before=BLOCKS),
        Phrase(anchor="♬", pattern=SONG, lines_before=LINES),
        Phrase(anchor="♬", pattern=SOUND),
    ),
    loaders=("tiktok.com/embed.js", "*.ttwstatic.com/*/embed*.js"),
    needles=("tiktok", "/video/"),
    traces=(
        "tiktok-embed",
        "amp-tiktok",
        "tiktok.com/embed",
        "tiktok.com/player",
        "vm.tiktok.com/",
        "vt.tiktok.com/",
        "tiktok.com/t/",
        "tiktok.com%2F",
        "[tiktok",
        "/video/6",
        "/video/7",
        ">https://www.tiktok.com/@",
        "\nhttps://www.tiktok.com/@",
    ),
    examples=(
        Example(
            format="text",
            source="Fog.\n\n@mara.rows\n\nScrape it first,\nthen paint #quay\n\n♬ original sound - Mara\n\nRain.",
            expect={
                "marker": "@mara.rows\n\nScrape it first,\nthen paint #quay\n\n♬ original sound - Mara",
                "handle": "mara.rows",
                "text": "Scrape it first,\nthen paint #quay",
            },
        ),
        Example(
            format="text",
            source="Six, @harbour_choir among them, sang. @mara.rows Paint first ♬ original sound - Mara Lind",
            expect={"handle": "mara.rows", "text": "Paint first"},
        ),
        Example(
            format="text",
            source="@mara.rows Scrape it first, then paint 😅 @harbour_choir #quay ♬ original sound - Mara Lind",
            expect={
                "form": "text",
                "start": 0,
                "handle": "mara.rows",
                "author_name": None,
                "text": "Scrape it first, then paint 😅 @harbour_choir #quay",
            },
        ),
        Example(
            format="text",
            source="The crew agreed. @mara.rows Пока всё ♬ оригинальный звук – Mara Lind\nThe next morning",
            expect={"handle": "mara.rows", "text": "Пока всё"},
        ),
        Example(
            format="text",
            source="@mara.rows ##oars ♬ Cold Harbour (Remix) - Duo Marea",
            expect={"handle": "mara.rows", "text": "##oars"},
        ),
        Example(
            format="text",
            source="#rowing #quay ♬ sonido original - 👑(Mara)👑",
            expect={"marker": "♬ sonido original - 👑(Mara)👑", "handle": None, "text": None},
        ),
        Example(
            format="text",
            source="#rowing #quay ♬ original sound  - mara.rows_\nRain.",
            expect={"marker": "♬ original sound  - mara.rows_", "handle": None, "text": None},
        ),
        Example(
            format="html",
            source=f"<p>Before</p>{QUOTED}<script async src='https://www.tiktok.com/embed.js'></script><p>After</p>",
            expect={
                "form": "blockquote",
                "marker": QUOTED,
                "native_id": "6878980214519221525",
                "permalink": "https://www.tiktok.com/@mara.rows/video/6878980214519221525",
                "handle": "mara.rows",
            },
        ),
        Example(format="html", source=f"<p>{FRAME}</p>", expect={"form": "iframe", "marker": FRAME, **FOUND}),
        Example(
            format="html",
            source='<iframe data-src="https://www.tiktok.com/player/v1/6878980214519221525?music_info=1"></iframe>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="html",
            source='<amp-tiktok width="325" height="575" data-src="6878980214519221525"></amp-tiktok>',
            expect={"form": "amp", **FOUND},
        ),
        Example(
            format="text",
            source="Before\nhttps://www.tiktok.com/@mara.rows/photo/6878980214519221525?is_from_webapp=1\nAfter",
            expect={"form": "url", "permalink": "https://www.tiktok.com/@mara.rows/photo/6878980214519221525"},
        ),
        Example(
            format="text",
            source="https://vm.tiktok.com/ZMabc1dEf/",
            expect={"form": "url", "permalink": "https://vm.tiktok.com/ZMabc1dEf/", "handle": None},
        ),
        Example(
            format="text",
            source="[tiktok https://m.tiktok.com/v/6878980214519221525.html]",
            expect={"form": "shortcode", **FOUND},
        ),
        Example(format="markdown", source="{{< tiktok 6878980214519221525 >}}", expect={"form": "shortcode", **FOUND}),
        Example(
            format="markdown",
            source="{% tiktok https://www.tiktok.com/@mara.rows/video/6878980214519221525 %}",
            expect={"form": "shortcode", "handle": "mara.rows"},
        ),
        Example(
            format="text",
            source="https://www.tiktok.com/t/ZTabc1dEf/",
            expect={"form": "url", "permalink": "https://www.tiktok.com/t/ZTabc1dEf/"},
        ),
        Example(
            format="text",
            source="https://www.tiktok.com/oembed?url=https://www.tiktok.com/@mara.rows/video/6878980214519221525",
            expect={"form": "url", "handle": "mara.rows"},
        ),
    ),
    misses=(
        ("text", "Follow @mara.rows on TikTok for the tides."),
        ("text", "♬ Row, row, row your boat - gently down the stream"),
        ("text", "楽しかった♬ また行きたい"),
        ("text", '<a href="${url}">♬ original sound - ${name}</a>'),
        ("text", "The original sound - the one with the oars - was lost."),
        ("markdown", "As [Mara](https://www.tiktok.com/@mara.rows/video/6878980214519221525) showed."),
        ("html", CREATOR),
        ("html", '<a class="social-link" href="https://www.tiktok.com/@mara.rows">TikTok</a>'),
        ("html", '<iframe src="https://www.tiktok.com/embed/@mara.rows"></iframe>'),
        ("html", f"<pre>{QUOTED}</pre>"),
    ),
)
