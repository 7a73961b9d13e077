"""Facebook: posts, photos and videos, and the byline that its embed code leaves."""

import re

from archiver.platforms.base import QUOTE, Byline, Example, Markup, Platform, Shortcode, UrlForm
from archiver.times import UndatedIds

# Any subdomain: `fr-fr.`, `de-de.`, `business.`, `touch.`, `web.`, `mbasic.` and the like show the same post.
HOSTS = ("facebook.com", "*.facebook.com", "fb.com", "facebookcorewwwi.onion")
POST_ID = r"(?:\d{5,20}|pfbid\w{20,80})(?!\w)"
PAGE = r"(?P<handle>[\w.%-]{1,120})"
SITE = "https://www.facebook.com"
POST = '<div class="fb-post" data-href="https://www.facebook.com/northpilots/posts/10158899000012345/"></div>'
FRAME = (
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts'
    '%2F10158899000012345&amp;width=500" width="500"></iframe>'
)
SIGNED = {"author_name": "Harbour Office", "posted_at": "2020-10-02", "precision": "day"}
LINES = (
    "Gepostet von Harbour Office am Freitag, 2. Oktober 2020",
    "Publiée par Harbour Office sur Vendredi 2 octobre 2020",
    "Pubblicato da Harbour Office su Venerdì 2 ottobre 2020",
    "Publicado por Harbour Office em Sexta-feira, 2 de outubro de 2020",
    "Geplaatst door Harbour Office op Vrijdag 2 oktober 2020",
    "Publicerat av Harbour Office den Fredag 2 oktober 2020",
    "Slået op af Harbour Office på Fredag 2. oktober 2020",
    "Opublikowany przez Harbour Office na Piątek, 2 października 2020",
    "Opublikowany przez Harbour Office Piątek, 2 października 2020",
    "Zveřejnil(a) Harbour Office dne Pátek 2. října 2020",
    "Publicată de Harbour Office pe Vineri, 2 octombrie 2020",
    "Публикувано от Harbour Office в Петък, 2 октомври 2020 г.",
    "Δημοσιεύτηκε από Harbour Office στις Παρασκευή, 2 Οκτωβρίου 2020",
    "Dikirim oleh Harbour Office pada Jumat, 02 Oktober 2020",
    "Disiarkan oleh Harbour Office pada Jumaat, 2 Oktober 2020",
    "Ipinost ni Harbour Office noong Biyernes, Oktubre 2, 2020",
    "Опубликовано Harbour Office Пятница, 2 октября 2020 г.",
    "Опубліковано Harbour Office Пʼятниця, 2 жовтня 2020 р.",
    "โพสต์โดย Harbour Office เมื่อ วันศุกร์ที่ 2 ตุลาคม  2020",
    "Người đăng: Harbour Office vào Thứ Sáu, 2 tháng 10, 2020",
    "تم النشر بواسطة Harbour Office في الجمعة، 2 أكتوبر 2020",
    "تم النشر بواسطة Harbour Office في الجمعة، ٢ أكتوبر ٢٠٢٠",
    "Posted by Harbour Office on 2020年10月2日金曜日",
)
N = "10158899000012345"
ADDRESSES = (
    (f"m.facebook.com/northpilots/posts/the-quays-are-closed/{N}", f"northpilots/posts/{N}"),
    (f"www.facebook.com/plugins/post/oembed.json/?url={SITE}/northpilots/posts/{N}", f"northpilots/posts/{N}"),
    (f"www.facebook.com/northpilots/videos/vb.120000/{N}/?type=3", f"northpilots/videos/{N}/"),
    (f"www.facebook.com/northpilots/photos/a.12.34.56/{N}/?type=3", f"northpilots/photos/{N}/"),
    (f"www.facebook.com/permalink.php?story_fbid={N}&id=120000", f"permalink.php?story_fbid={N}&id=120000"),
    (f"m.facebook.com/story.php?id=120000&amp;story_fbid={N}", f"permalink.php?story_fbid={N}&id=120000"),
    (f"www.facebook.com/permalink.php?story_fbid={N}&id=northpilots", f"permalink.php?story_fbid={N}"),
    (f"www.facebook.com/photo.php?fbid={N}&set=a.12.34", f"photo.php?fbid={N}"),
    (f"www.facebook.com/watch/live/?v={N}&ref=x", f"watch/?v={N}"),
    (f"www.facebook.com/video/embed?video_id={N}", f"watch/?v={N}"),
    (f"www.facebook.com/v/{N}", f"watch/?v={N}"),
    (f"www.facebook.com/reel/{N}?s=1", f"reel/{N}"),
    (f"www.facebook.com/notes/northpilots/the-quays/{N}", f"notes/northpilots/{N}/"),
    (f"www.facebook.com/groups/tidewatch/permalink/{N}/", f"groups/tidewatch/posts/{N}/"),
    (f"www.facebook.com/groups/tidewatch?multi_permalinks={N}", f"groups/tidewatch/posts/{N}/"),
    ("www.facebook.com/share/p/1AbcDefGhi/?mibextid=x", "share/p/1AbcDefGhi/"),
)

# Social plugins that show no post (developers.facebook.com/docs/plugins, and older ones met in pages).
PLUGINS = (
    *("like", "like_box", "likebox", "fan", "follow", "subscribe", "share_button", "send", "recommendations"),
    *("recommendations_bar", "page", "group", "comments", "activity", "facepile", "login_button", "save", "quote"),
    *("customer_chat", "customerchat", "live_stream_box", "registration"),
)

FACEBOOK = Platform(
    name="facebook",
    label="Facebook",
    opened="2004-02-04",  # the day the site opened
    urls=(
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:v\d+\.\d+/)?plugins/(?:post|video|comment_embed)(?:\.php)?(?:/|$)"),
            inner="href",
        ),
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:v\d+\.\d+/)?(?:plugins/)?(?:post|video)/oembed"), inner="url"),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/groups/(?P<group>[\w.-]{{1,80}})/(?:posts|permalink)/(?P<id>{POST_ID})"),
            permalink="https://www.facebook.com/groups/{group}/posts/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/groups/(?P<group>[\w.-]{1,80})/?$"),
            query=("multi_permalinks",),
            permalink="https://www.facebook.com/groups/{group}/posts/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/posts/(?:[^/?#]{{1,300}}/)?(?P<id>{POST_ID})"),
            permalink="https://www.facebook.com/{handle}/posts/{id}",
        ),
        # Between the page and the number may stand a title, a set (`vb.12`) or several of both.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/videos/(?:[^/?#]{{1,300}}/){{0,2}}(?P<id>\d{{5,20}})(?!\w)"),
            permalink="https://www.facebook.com/{handle}/videos/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/photos/(?:[^/?#]{{1,300}}/){{0,2}}(?P<id>\d{{5,20}})(?!\w)"),
            permalink="https://www.facebook.com/{handle}/photos/{id}/",
        ),
        # `id` is the page's: without it the address leads nowhere.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:story|permalink)\.php"),
            query=("story_fbid", "id"),
            joined="{story_fbid}&id={id}",
            value=re.compile(r"(?P<id>[\w:.-]{1,120})&id=(?P<page>\d{1,20})"),
            permalink="https://www.facebook.com/permalink.php?story_fbid={id}&id={page}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:story|permalink)\.php"),
            query=("story_fbid",),
            permalink="https://www.facebook.com/permalink.php?story_fbid={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:photo(?:\.php|/)?|photo/photo\.php)$"),
            query=("fbid", "v"),
            permalink="https://www.facebook.com/photo.php?fbid={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:watch(?:/live)?/?|video(?:/video)?\.php|video/embed)$"),
            query=("v", "video_id"),
            permalink="https://www.facebook.com/watch/?v={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/v/(?P<id>\d{5,20})(?!\w)"),
            permalink="https://www.facebook.com/watch/?v={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:[\w.-]{1,80}/)?reels?/(?P<id>\d{5,20})(?!\w)"),
            permalink="https://www.facebook.com/reel/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/notes/{PAGE}/(?:[^/?#]{{1,300}}/)?(?P<id>\d{{5,20}})(?!\w)"),
            permalink="https://www.facebook.com/notes/{handle}/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/share/(?P<kind>[pvr])/(?P<id>\w{6,40})"),
            permalink="https://www.facebook.com/share/{kind}/{id}/",
        ),
        UrlForm(
            hosts=("fb.watch",), path=re.compile(r"/(?:v/)?(?P<id>[\w-]{6,40})"), permalink="https://fb.watch/{id}/"
        ),
    ),
    profile="https://www.facebook.com/{handle}",
    undated=UndatedIds(
        shape=re.compile(r"[0-9]{5,20}|pfbid[A-Za-z0-9]{20,80}"),
        why="numbers are not in the order of time, and none is known to be in a pfbid",
    ),
    nobody=frozenset({"events", "groups", "pages", "plugins", "watch", "story.php", "permalink.php"}),
    markup=(
        Markup(form="blockquote", tag="div", having=".fb-post", urls=("data-href", "a:first")),
        Markup(form="blockquote", tag="div", having=".fb-video", urls=("data-href", "a:first")),
        Markup(form="blockquote", tag="blockquote", having=".fb-xfbml-parse-ignore", urls=("cite", "a:first")),
        Markup(form="blockquote", tag="div", having=".fb-comment-embed", urls=("data-href", "a:first")),
        *(Markup(form="blockquote", tag=tag, having="href", urls=("href",)) for tag in ("fb:post", "fb:video")),
        Markup(form="amp", tag="amp-facebook", having="data-href", urls=("data-href",)),
    ),
    shortcodes=(
        Shortcode(
            opening="[facebook",
            pattern=re.compile(rf"\[facebook\s+(?:url=)?{QUOTE}(?P<url>https?://[^\s\"'”″\]]++)[^\]\n]{{0,200}}\]"),
        ),
    ),
    # Facebook names the page as it did in the reader's language on the day the code was copied. Met in real pages are
    # en, de, es, fr, it, id, ru, uk, th and vi; the others are from its translations as they are remembered. Japanese,
    # Korean, Chinese, Turkish, Finnish, Hungarian, Hebrew and Hindi words are not known.
    text_in_line="9999",
    bylines=(
        Byline(language="en", before=("Posted by",), on=("on",)),
        Byline(language="en", before=("Post by",), on=(), spelled=("[Post](http", "Post</a> by")),
        Byline(language="de", before=("Gepostet von", "Geposted von"), on=("am",)),
        Byline(language="es", before=("Publicado por", "Publicada por"), on=("en",)),
        Byline(language="ca", before=("Publicat per", "Publicada per"), on=("el",)),
        Byline(language="fr", before=("Publiée par", "Publié par", "Posté par"), on=("sur", "le")),
        Byline(language="it", before=("Pubblicato da", "Pubblicata da"), on=("su",)),
        Byline(language="pt", before=("Publicado por", "Publicada por", "Postado por"), on=("em",)),
        Byline(language="ro", before=("Publicată de", "Publicat de", "Postat de"), on=("pe", "în")),
        Byline(language="nl", before=("Geplaatst door", "Gepost door"), on=("op",)),
        Byline(language="sv", before=("Publicerat av", "Publicerades av", "Upplagt av"), on=("den", "på")),
        Byline(language="da", before=("Slået op af", "Opslået af"), on=("den", "på", "i")),
        Byline(language="nb", before=("Publisert av", "Lagt ut av"), on=("den", "på")),
        Byline(
            language="pl",
            before=("Opublikowany przez", "Opublikowane przez", "Opublikowana przez"),
            on=("", "na", "w", "dnia"),
        ),
        Byline(language="cs", before=("Zveřejnil(a)", "Zveřejnil", "Zveřejnila"), on=("dne", "v")),
        Byline(language="sk", before=("Zverejnil používateľ", "Zverejnil(a)", "Uverejnil(a)"), on=("dňa", "v")),
        Byline(language="bg", before=("Публикувано от", "Публикувана от"), on=("в", "във", "на")),
        Byline(language="ru", before=("Опубликовано",), on=("", "в")),
        Byline(language="uk", before=("Опубліковано",), on=("",)),
        Byline(language="th", before=("โพสต์โดย",), on=("เมื่อ",)),
        Byline(language="vi", before=("Người đăng:",), on=("vào",)),
        Byline(language="el", before=("Δημοσιεύτηκε από", "Δημοσίευση από"), on=("στις", "την", "στο")),
        Byline(language="id", before=("Dikirim oleh", "Diposting oleh", "Diposkan oleh"), on=("pada",)),
        Byline(language="ms", before=("Disiarkan oleh", "Dipos oleh"), on=("pada",)),
        Byline(language="fil", before=("Ipinost ni", "Na-post ni"), on=("noong",)),
        Byline(language="ar", before=("تم النشر بواسطة", "تم نشره بواسطة", "نشر بواسطة"), on=("في", "بتاريخ")),
    ),
    loaders=("connect.facebook.net/*/sdk.js", "connect.facebook.net/*/all.js"),
    callers=(
        "connect.facebook.net/*.js",
        "facebook.com/connect/*",
        "facebook.com/tr",
        "facebook.com/tr/*",
        *(f"facebook.com/plugins/{name}.php" for name in PLUGINS),
    ),
    needles=(
        "acebook.com/",
        "acebook.com%2F",
        "fb-post",
        "fb-video",
        "fb-xfbml",
        "fb:post",
        "fb:video",
        "fb-comment-embed",
        "amp-facebook",
        "fb.watch",
        "[facebook",
    ),
    traces=(
        "acebook.com/plugins/post",
        "acebook.com/plugins/video",
        "acebook.com%2F",
        "fb-post",
        "fb-video",
        "fb-xfbml",
        "fb:post",
        "fb:video",
        "fb-comment-embed",
        "amp-facebook",
        "fb.watch",
        "acebook.com/video/embed",
        "acebook.com/v/",
        "[facebook",
        ">https://www.facebook.com/",
        ">https://m.facebook.com/",
        "\nhttps://www.facebook.com/",
        "\nhttps://m.facebook.com/",
    ),
    examples=(
        *(Example(format="text", source=f"Kai! {line}\n", expect={**SIGNED, "text": "Kai!"}) for line in LINES),
        *(
            Example(format="text", source=f"A\nhttps://{url}\nB", expect={"form": "url", "permalink": f"{SITE}/{path}"})
            for url, path in ADDRESSES
        ),
        Example(
            format="text",
            source="The quays are closed. Posted by Pilots of the North on Friday, October 2, 2020",
            expect={
                "author_name": "Pilots of the North",
                "posted_at": "2020-10-02",
                "posted_text": "Friday, October 2, 2020",
                "text": "The quays are closed.",
                "language": "en",
            },
        ),
        Example(
            format="text",
            source="Publicado por Vecinos En Lucha en Viernes, 2 de octubre de 2020",
            expect={"author_name": "Vecinos En Lucha", "posted_at": "2020-10-02", "language": "es"},
        ),
        Example(
            format="markdown",
            source=f"Posted by northpilots on [Friday, October 2, 2020]({SITE}/northpilots/posts/{N})",
            expect={"author_name": "northpilots", "native_id": N, "posted_at": "2020-10-02"},
        ),
        Example(format="text", source="Post by Harbour Office.", expect={"author_name": "Harbour Office"}),
        Example(
            format="markdown",
            source=f"[Post]({SITE}/northpilots/posts/{N}) by [Harbour Office]({SITE}/northpilots).",
            expect={"author_name": "Harbour Office", "native_id": N},
        ),
        Example(
            format="html",
            source=f"<p>Before</p>{POST}<p>After</p>",
            expect={
                "form": "blockquote",
                "marker": POST,
                "native_id": "10158899000012345",
                "permalink": "https://www.facebook.com/northpilots/posts/10158899000012345",
            },
        ),
        Example(
            format="html",
            source=f"<p>{FRAME}</p>",
            expect={"form": "iframe", "marker": FRAME, "native_id": "10158899000012345", "handle": "northpilots"},
        ),
        *(
            Example(format="html", source=f"<p>One</p>{element}<p>Two</p>", expect={"marker": element, "native_id": N})
            for element in (
                f'<fb:post href="{SITE}/northpilots/posts/{N}"></fb:post>',
                f'<fb:video href="{SITE}/northpilots/videos/{N}/"></fb:video>',
                f'<div class="fb-video" data-href="{SITE}/northpilots/videos/{N}/"></div>',
                f'<div class="fb-comment-embed" data-href="{SITE}/northpilots/posts/{N}?comment_id=1015889900"></div>',
                f'<iframe src="{SITE}/plugins/video.php?href=https%3A%2F%2Ffr-fr.facebook.com%2Freel%2F{N}"></iframe>',
            )
        ),
        Example(
            format="text", source="https://fb.watch/aBc1dEf2gH/", expect={"permalink": "https://fb.watch/aBc1dEf2gH/"}
        ),
        Example(
            format="html",
            source='<blockquote cite="https://www.facebook.com/northpilots/posts/10158899000012345" '
            'class="fb-xfbml-parse-ignore">Kai! Posted by <a href="https://www.facebook.com/northpilots">Harbour Office'
            '</a> on <a href="https://www.facebook.com/northpilots/posts/10158899000012345">Friday, October 2, 2020</a>'
            "</blockquote>",
            expect={**SIGNED, "native_id": "10158899000012345", "text": "Kai!"},
        ),
        Example(
            format="text",
            source='[facebook url="https://www.facebook.com/northpilots/posts/10158899000012345"]',
            expect={"form": "shortcode", "native_id": "10158899000012345"},
        ),
        Example(
            format="html",
            source='<amp-facebook data-href="https://www.facebook.com/northpilots/videos/10158899000012345/">'
            "</amp-facebook>",
            expect={"form": "amp", "permalink": "https://www.facebook.com/northpilots/videos/10158899000012345/"},
        ),
    ),
    misses=(
        ("text", "https://www.facebook.com/northpilots"),
        ("text", "https://www.facebook.com/events/10158899000012345/"),
        ("text", "https://www.facebook.com/groups/tidewatch/"),
        ("text", "https://www.facebook.com/share/g/1AbcDefGhi/"),
        ("text", "https://www.facebook.com/share/1AbcDefGhi/"),  # does not say whether it leads to a post
        ("text", "https://www.facebook.com/share/northpilots"),
        ("text", "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.com"),
        ("markdown", "As [they](https://www.facebook.com/northpilots/posts/10158899000012345) wrote."),
        ("text", "Gepostet von Kapitän Sund vor zwei Tagen."),
        ("text", "Опубликовано Ines Okafor 2 октября 2020 г."),
        ("text", "Posted by Ines Okafor on 2020年10月2日"),
        ("text", "Posted by Ines Okafor on 2 October 2020, Friday"),
        ("text", "Posted by admin on Friday, October 2, 2020"),
        ("text", "Posted by Ines Okafor on Friday, October 2, 2020 at 9:14 am"),
        ("text", "Posted by Ines Okafor on Friday, October 2, 2020 - 09:14"),
        ("text", "Publiée par Ines Okafor le vendredi 2 octobre 2020, l’affiche a fait débat."),
        ("text", "The guide was posted by the harbour office on the first Friday of the month."),
        (
            "html",
            '<div class="fb-like" data-href="https://www.facebook.com/northpilots/posts/10158899000012345/"></div>',
        ),
        ("html", '<iframe src="https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fexample.com"></iframe>'),
        ("html", '<div class="fb-page" data-href="https://www.facebook.com/northpilots"></div>'),
    ),
)
