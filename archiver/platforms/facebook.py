"""Facebook: posts, photos and videos, and the byline that its embed code leaves."""

import re

from archiver.platforms.base import Byline, Example, Markup, Platform, UrlForm

HOSTS = ("facebook.com", "web.facebook.com", "fb.com")
PAGE = r"(?P<handle>[\w.%-]{1,120})"
POST = '<div class="fb-post" data-href="https://www.facebook.com/northpilots/posts/10158899000012345/"></div>'
FRAME = (
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts'
    '%2F10158899000012345&amp;width=500" width="500"></iframe>'
)

FACEBOOK = Platform(
    name="facebook",
    label="Facebook",
    urls=(
        UrlForm(hosts=HOSTS, path=re.compile(r"/(?:v\d+\.\d+/)?plugins/(?:post|video)(?:\.php)?"), inner="href"),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/posts/(?:[^/?#]{{1,300}}/)?(?P<id>\d{{5,20}}|pfbid\w{{20,80}})"),
            permalink="https://www.facebook.com/{handle}/posts/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/videos/(?:[^?#]{{1,200}}/)?(?P<id>\d{{5,20}})"),
            permalink="https://www.facebook.com/{handle}/videos/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(rf"/{PAGE}/photos/(?:[^?#]{{1,200}}/)?(?P<id>\d{{5,20}})"),
            permalink="https://www.facebook.com/{handle}/photos/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:story|permalink)\.php"),
            query=("story_fbid",),
            permalink="https://www.facebook.com/permalink.php?story_fbid={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/photo(?:\.php|/)?"),
            query=("fbid",),
            permalink="https://www.facebook.com/photo.php?fbid={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/(?:watch|video\.php)"),
            query=("v",),
            permalink="https://www.facebook.com/watch/?v={id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/reel/(?P<id>\d{5,20})"),
            permalink="https://www.facebook.com/reel/{id}",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/groups/(?P<group>[\w.-]{1,80})/(?:posts|permalink)/(?P<id>\d{5,20})"),
            permalink="https://www.facebook.com/groups/{group}/posts/{id}/",
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/share/(?P<kind>[pvr])/(?P<id>\w{6,40})"),
            permalink="https://www.facebook.com/share/{kind}/{id}/",
        ),
        UrlForm(hosts=("fb.watch",), path=re.compile(r"/(?P<id>[\w-]{6,40})"), permalink="https://fb.watch/{id}/"),
    ),
    profile="https://www.facebook.com/{handle}",
    nobody=frozenset({"events", "groups", "pages", "plugins", "watch", "story.php", "permalink.php"}),
    markup=(
        Markup(form="blockquote", tag="div", having=".fb-post", urls=("data-href", "a:first")),
        Markup(form="blockquote", tag="div", having=".fb-video", urls=("data-href", "a:first")),
        Markup(form="blockquote", tag="blockquote", having=".fb-xfbml-parse-ignore", urls=("cite", "a:first")),
        Markup(form="blockquote", tag="fb:post", having="href", urls=("href",)),
        Markup(form="amp", tag="amp-facebook", having="data-href", urls=("data-href",)),
    ),
    # Facebook names the page as it did in the reader's language on the day the code was copied.
    bylines=(
        Byline(language="en", before=("Posted by",), on=("on",)),
        Byline(language="en", before=("Post by",), on=()),
        Byline(language="de", before=("Gepostet von",), on=("am",)),
        Byline(language="es", before=("Publicado por", "Publicada por"), on=("en",)),
        Byline(language="fr", before=("Publiée par", "Publié par"), on=("sur", "le")),
        Byline(language="it", before=("Pubblicato da", "Pubblicata da"), on=("su",)),
        Byline(language="id", before=("Dikirim oleh",), on=("pada",)),
        Byline(language="pt", before=("Publicado por", "Publicada por"), on=("em",)),
        Byline(language="nl", before=("Geplaatst door",), on=("op",)),
        Byline(language="pl", before=("Opublikowany przez", "Opublikowane przez"), on=()),
    ),
    needles=("acebook.com/", "fb-post", "fb-video", "fb-xfbml", "fb:post", "amp-facebook", "fb.watch"),
    traces=(
        "acebook.com/plugins/post",
        "acebook.com/plugins/video",
        "acebook.com%2F",
        "fb-post",
        "fb-video",
        "fb-xfbml",
        "fb:post",
        "amp-facebook",
        "fb.watch",
    ),
    examples=(
        Example(
            format="text",
            source="The quays are closed. Posted by Pilots of the North on Friday, October 2, 2020",
            expect={
                "marker": "Posted by Pilots of the North on Friday, October 2, 2020",
                "author_name": "Pilots of the North",
                "posted_at": "2020-10-02",
                "posted_text": "Friday, October 2, 2020",
                "language": "en",
            },
        ),
        Example(
            format="text",
            source="Publicado por Vecinos En Lucha en Viernes, 2 de octubre de 2020",
            expect={"author_name": "Vecinos En Lucha", "posted_at": "2020-10-02", "language": "es"},
        ),
        Example(format="text", source="Post by Harbour Office.", expect={"author_name": "Harbour Office"}),
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
        Example(
            format="html",
            source='<amp-facebook data-href="https://www.facebook.com/northpilots/videos/10158899000012345/">'
            "</amp-facebook>",
            expect={"form": "amp", "permalink": "https://www.facebook.com/northpilots/videos/10158899000012345/"},
        ),
    ),
    misses=(
        ("text", "Gepostet von Kapitän Sund vor zwei Tagen."),
        ("text", "The guide was posted by the harbour office on the first Friday of the month."),
        (
            "html",
            '<div class="fb-like" data-href="https://www.facebook.com/northpilots/posts/10158899000012345/"></div>',
        ),
        ("html", '<iframe src="https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fexample.com"></iframe>'),
        ("html", '<div class="fb-page" data-href="https://www.facebook.com/northpilots"></div>'),
    ),
)
