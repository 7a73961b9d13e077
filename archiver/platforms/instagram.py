"""Instagram: posts, reels and IGTV, and the words that its embed code leaves behind."""

import re

from archiver.platforms.base import QUOTE, Example, Markup, Platform, Shortcode, UrlForm
from archiver.platforms.wordings import INSTAGRAM_WORDED_EXAMPLES, INSTAGRAM_WORDINGS
from archiver.times import PACIFIC, PRIVATE_SUFFIX, shortcode_time

HOSTS = ("instagram.com", "instagr.am")


def _native_id(code: str) -> str:
    return code[:-PRIVATE_SUFFIX] if len(code) > PRIVATE_SUFFIX else code


CAPTIONED = (
    '<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/'
    'CF1tGabcdef/?utm_source=ig_embed&amp;utm_campaign=loading" data-instgrm-version="12"><div><a href="https://www.'
    'instagram.com/p/CF1tGabcdef/?utm_source=ig_embed"><div>View this post on Instagram</div></a><p><a href="https://'
    'www.instagram.com/p/CF1tGabcdef/">Low tide, high spirits 🌊 #quay</a></p><p><a href="https://www.instagram.com/p/'
    'CF1tGabcdef/">A post shared by Ines Okafor</a> (@ines.okafor) on <time datetime="2020-10-02T11:16:31+00:00">'
    "Oct 2, 2020 at 4:16am PDT</time></p></div></blockquote>"
)

INSTAGRAM = Platform(
    name="instagram",
    label="Instagram",
    medium="picture or video",
    opened="2010-10-06",  # the day the app came out
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:(?P<handle>[\w.]{1,30})/)?(?P<kind>p|reel|tv)/(?P<id>[\w-]{3,60})"),
            permalink="https://www.instagram.com/{kind}/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:(?P<handle>[\w.]{1,30})/)?reels/(?P<id>[\w-]{9,60})"),
            permalink="https://www.instagram.com/reel/{id}/",
        ),
    ),
    native_id=_native_id,
    profile="https://www.instagram.com/{handle}/",
    nobody=frozenset({"share"}),
    id_time=shortcode_time,
    zone=PACIFIC,
    day_zone=PACIFIC,
    captured_at=(
        "instagram.com/p/{id}",
        "instagram.com/reel/{id}",
        "instagram.com/tv/{id}",
        "instagram.com/{handle}/p/{id}",
        "instagram.com/{handle}/reel/{id}",
    ),
    handle=re.compile(r"[A-Za-z0-9._]{1,30}"),
    markup=(
        # Versions 8 to 14 have the permalink attribute; 4 to 7 only the link of the caption or of the attribution.
        Markup(
            form="blockquote", tag="blockquote", having=".instagram-media", urls=("data-instgrm-permalink", "a:first")
        ),
        Markup(
            form="amp",
            tag="amp-instagram",
            having="data-shortcode",
            urls=("data-shortcode",),
            template="https://www.instagram.com/p/{id}/",
        ),
        # mdx-embed's component.
        Markup(
            form="iframe",
            tag="instagram",
            having="instagramid",
            urls=("instagramid",),
            template="https://www.instagram.com/p/{id}/",
        ),
    ),
    shortcodes=(
        Shortcode(
            opening="[instagram",
            pattern=re.compile(rf"\[instagram\s+(?:url=)?{QUOTE}(?P<url>https?://[^\s\"'”″\]]++)[^\]\n]{{0,200}}\]"),
        ),
        Shortcode(
            opening="{{",
            word="instagram",
            pattern=re.compile(
                r"\{\{[<%]\s*instagram(?:_simple)?\s+(?:id=)?[\"'`]?(?P<id>[\w-]{9,60})[\"'`]?[^{}\n]{0,200}[>%]\}\}"
            ),
            formats=("markdown",),
            template="https://www.instagram.com/p/{id}/",
        ),
        # Jekyll's plug-ins.
        Shortcode(
            opening="{%",
            word="instagram",
            pattern=re.compile(r"\{%-?\s*instagram\s+[\"']?(?P<id>[\w-]{9,60})(?=[\s\"'%])[^%{}\n]{0,200}%\}"),
            formats=("markdown",),
            template="https://www.instagram.com/p/{id}/",
        ),
    ),
    wordings=INSTAGRAM_WORDINGS,
    # Versions 4 to 7 of the code, until 2017, put the caption there; later ones put a lead first (`markers.md` §1.1).
    text_in_line="2018",
    lead_word="Instagram",
    loaders=("instagram.com/embed.js", "platform.instagram.com/*/embeds.js"),
    needles=("nstagr", "/embed/"),
    traces=(
        "instagram-media",
        "amp-instagram",
        "nstagram.com/p/",
        "nstagram.com/reel",
        "nstagram.com/tv/",
        "instagr.am/",
        "[instagram",
        "<Instagram",
        "<instagram",
        ">https://www.instagram.com/",
        "\nhttps://www.instagram.com/",
        # An address may have the account's name before `/p/`; then only its end tells it from a follow link.
        '/embed/"',
        "/embed/'",
        "/embed/captioned",
        "/embed/?",
    ),
    examples=(
        *INSTAGRAM_WORDED_EXAMPLES,
        Example(
            format="text",
            source="View this post on Instagram A post shared by Ines Okafor (@ines.okafor) "
            "on Oct 2, 2020 at 4:16am PDT",
            expect={
                "form": "text",
                "start": 0,
                "handle": "ines.okafor",
                "author_name": "Ines Okafor",
                "posted_at": "2020-10-02T11:16Z",
                "posted_text": "Oct 2, 2020 at 4:16am PDT",
                "precision": "minute",
                "language": "en",
                "text": None,
            },
        ),
        *(
            Example(
                format="markdown",
                source="[A post shared by Ines Okafor (@ines.okafor)](https://www.instagram.com/p/CF1tG2gAAAB/) on "
                f'<time style="line-height:17px;" datetime="2020-10-02T11:16:31+00:00">{rest}\n\nThe quays.',
                expect={"handle": "ines.okafor", "posted_at": "2020-10-02T11:16:31Z", "time_origin": "markup"},
            )
            for rest in ("", "</time>", "Oct 2, 2020 at 4:16am PDT</time>")
        ),
        # A language whose words are not known: the handle and the zone say enough, but not where the name begins.
        Example(
            format="text",
            source="Dagboek.\n\n'n Plasing gedeel deur Ines Okafor (@ines.okafor) op 2 Okt 2020 om 4:16 PDT\n\nMôre.",
            expect={
                "marker": "'n Plasing gedeel deur Ines Okafor (@ines.okafor) op 2 Okt 2020 om 4:16 PDT",
                "handle": "ines.okafor",
                "author_name": None,
                "posted_at_options": ("2020-10-02T11:16Z", "2020-10-02T23:16Z"),
                "language": None,
            },
        ),
        Example(
            format="text",
            source="A video posted by Tomás Reyes (@reyes_rows) on Dec 24, 2015 at 12:08pm PST",
            expect={"author_name": "Tomás Reyes", "posted_at": "2015-12-24T20:08Z"},
        ),
        Example(
            format="text",
            source="The end.\n\nA post shared by Harbour Choir (@harbour.choir) on\n\nNext.",
            expect={"marker": "A post shared by Harbour Choir (@harbour.choir) on", "posted_at": None},
        ),
        Example(
            format="text",
            source="View this post on InstagramFirst frost ❄️A post shared by The Allotment (@the_allotment) "
            "on Nov 3, 2019 at 7:45am PSTThe gardeners",
            expect={
                "text": "First frost ❄️",
                "author_name": "The Allotment",
                "posted_at": "2019-11-03T15:45Z",
                "start": 0,
            },
        ),
        Example(
            format="markdown",
            source="> [View this post on Instagram](https://www.instagram.com/reel/CF1tGabcdef/?utm_source=ig_embed)\n"
            ">\n> [A post shared by Ines Okafor (@ines.okafor)](https://www.instagram.com/reel/CF1tGabcdef/)",
            expect={
                "native_id": "CF1tGabcdef",
                "permalink": "https://www.instagram.com/reel/CF1tGabcdef/",
                "handle": "ines.okafor",
            },
        ),
        Example(
            format="html",
            source=f"<p>Before</p>{CAPTIONED}<p>After</p>",
            expect={
                "form": "blockquote",
                "marker": CAPTIONED,
                "native_id": "CF1tGabcdef",
                "permalink": "https://www.instagram.com/p/CF1tGabcdef/",
                "handle": "ines.okafor",
                "author_name": "Ines Okafor",
                "posted_at": "2020-10-02T11:16:31Z",
                "precision": "second",
                "text": "Low tide, high spirits 🌊 #quay",
            },
        ),
        Example(
            format="html",
            source='<iframe class="instagram-media instagram-media-rendered" '
            'src="https://www.instagram.com/p/CF1tGabcdef/embed/captioned/?cr=1&amp;v=12"></iframe>',
            expect={"form": "iframe", "native_id": "CF1tGabcdef", "handle": None},
        ),
        *(
            Example(format="markdown", source=f"One\n\n{code}\n\nTwo", expect={"form": "iframe", "marker": code})
            for code in (
                '<Instagram instagramId="CF1tGabcdef" />',
                '<InstagramEmbed url="https://www.instagram.com/p/CF1tGabcdef/" width={328} />',
            )
        ),
        Example(
            format="html",
            source='<amp-instagram data-shortcode="CF1tGabcdef" data-captioned width="1" height="1"></amp-instagram>',
            expect={"form": "amp", "native_id": "CF1tGabcdef"},
        ),
        Example(
            format="markdown",
            source="Before\n\nhttps://www.instagram.com/p/CF1tGabcdef/?igshid=1\n\nAfter",
            expect={"form": "url", "permalink": "https://www.instagram.com/p/CF1tGabcdef/"},
        ),
        Example(
            format="text",
            source="[instagram url=http://instagram.com/p/CF1tGabcdef/ hidecaption=true width=320]",
            expect={"form": "shortcode", "native_id": "CF1tGabcdef"},
        ),
        *(
            Example(format="markdown", source=code, expect={"form": "shortcode", "native_id": "CF1tGabcdef"})
            for code in (
                '{{< instagram "CF1tGabcdef" >}}',
                "{{< instagram_simple CF1tGabcdef >}}",
                "{{< instagram id=`CF1tGabcdef` >}}",
                "{% instagram CF1tGabcdef %}",
                "[instagram url=”https://www.instagram.com/p/CF1tGabcdef”]",
            )
        ),
        Example(
            format="html",
            source="<p>[instagram url=&#8221;https://www.instagram.com/p/CF1tGabcdef/&#8221;]</p>",
            expect={"form": "shortcode", "native_id": "CF1tGabcdef"},
        ),
        Example(
            format="text",
            source="Before\nhttps://www.instagram.com/ines.okafor/reels/CF1tGabcdef/",
            expect={"form": "url", "permalink": "https://www.instagram.com/reel/CF1tGabcdef/"},
        ),
    ),
    misses=(
        ("text", "She laughed at a post shared by Ines Okafor, the forecaster, on Oct 2, 2020."),
        ("text", "Follow Ines Okafor (@ines.okafor) on Instagram for the forecast."),
        ("markdown", "{% instagram_feed northpilots %} {% include instagram northpilots %}"),
        ("text", "Photo: Ines Okafor | @ines.okafor/Instagram"),
        ("text", "Публикация от имени гавани недоступна, пишите хору (почта на сайте)."),
        ("text", "Una publicación compartida del coro puede leerse en el archivo."),
        (
            "text",
            "Limandaki koro dün paylaştığı bir gönderiyi sildi, @limankorosu'nun paylaştığı bir gönderi olay oldu.",
        ),
        ("text", "«(@handle)がシェアした投稿» という形で残る。"),
        ("text", "今天分享的帖子已經很多了。"),
        ("text", "Ein dort gepostetes Foto zeigt die Schleuse."),
        ("text", "Join Ines Okafor (@ines.okafor) live on Oct 2, 2020 at 4:00 PM PDT for the forecast."),
        ("text", "Zobrazit příspěvek na Instagramu → a další odkazy"),
        ("text", "placeholder=\"for example 'A post shared by @ines.okafor'\""),
        ("markdown", "See [the post](https://www.instagram.com/p/CF1tGabcdef/) of that night."),
        ("markdown", f"```html\n{CAPTIONED}\n```"),
        ("html", f"<pre>{CAPTIONED}</pre>"),
        ("html", f"<!-- {CAPTIONED} -->"),
        ("html", f"<script>var code = '{CAPTIONED}';</script>"),
        ("html", '<a class="instagram-media" href="https://www.instagram.com/ines.okafor/">Follow us</a>'),
        ("html", '<iframe src="https://www.instagram.com/ines.okafor/embed"></iframe>'),
    ),
)
