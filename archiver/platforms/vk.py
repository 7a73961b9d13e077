"""VK: posts on walls, videos, clips and photos; their embed code is a frame or a script and has no words."""

import re

from archiver.platforms.base import Example, Platform, Script, UrlForm
from archiver.times import UndatedIds

HOSTS = ("vk.com", "vk.ru", "vkontakte.ru", "new.vk.com", "vkvideo.ru")
# Owner and number together name a post; communities have negative owners. A wall's numbers are not a video's.
ID = r"(?P<id>(?:wall|video|clip|photo)-?\d{1,12}_\d{1,12})(?!\w)"
OPENED = ("w=wall", "z=video", "z=photo", "z=clip")
# The site opens posts and videos above the page one is on (`?w=wall…`, `?z=video…/list`): yt-dlp, `VKIE`.
ABOVE = re.compile(ID + r"(?:/.{0,200})?")
ANY = "https://vk.com/{id}"
FOUND = {"native_id": "video-12345678_456239017", "permalink": "https://vk.com/video-12345678_456239017"}

PLACE = r"VK\.Widgets\.Post\s*\(\s*[\"'`](?P<place>"
WIDGET = (
    '<div id="vk_post_-12345678_901"></div><script src="https://vk.com/js/api/openapi.js?168"></script>'
    '<script>(function() {{ VK.Widgets.Post("vk_post_-12345678_901"{arguments}); }}());</script>'
)
POST = {"form": "blockquote", "native_id": "wall-12345678_901", "permalink": "https://vk.com/wall-12345678_901"}

VK = Platform(
    name="vk",
    label="VK",
    urls=(
        # The frames that VK gives out for videos and the one that its script writes for posts.
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/video_ext\.php"),
            query=("oid", "id"),
            joined="video{oid}_{id}",
            permalink=ANY,
        ),
        UrlForm(
            hosts=HOSTS,
            path=re.compile(r"/widget_post\.php"),
            query=("owner_id", "post_id"),
            joined="wall{owner_id}_{post_id}",
            permalink=ANY,
        ),
        UrlForm(hosts=HOSTS, path=re.compile(rf"/(?:[\w.@/-]{{1,60}}?/)?{ID}"), permalink=ANY),
        UrlForm(hosts=HOSTS, path=re.compile(r"/[\w.@/-]{0,80}$"), query=("w", "z"), value=ABOVE, permalink=ANY),
    ),
    profile="https://vk.com/{handle}",
    undated=UndatedIds(why="no time is known to be in the id"),
    loaders=("vk.com/js/api/openapi.js", "vk.ru/js/api/openapi.js"),
    # The code that VK gives out has owner and number as arguments of their own (numbers, or texts in older pages), and
    # in the name of the element; who writes the call by hand names the element at will.
    scripts=(
        Script(
            form="blockquote",
            opening="VK.Widgets.Post",
            pattern=re.compile(
                PLACE + r"[\w-]{1,80})[\"'`]\s*,\s*[\"']?(?P<owner>-?\d{1,12})[\"']?\s*,\s*[\"']?(?P<number>\d{1,12})\b"
            ),
            template="https://vk.com/wall{owner}_{number}",
        ),
        Script(
            form="blockquote",
            opening="VK.Widgets.Post",
            pattern=re.compile(PLACE + r"vk_post_(?P<post>-?\d{1,12}_\d{1,12}))[\"'`]\s*(?:,\s*(?![\"'\s\d-])|\))"),
            template="https://vk.com/wall{post}",
        ),
    ),
    needles=(*OPENED, "vk.com/", "vk.ru/", "vkvideo.ru/", "VK.Widgets.Post"),
    traces=(
        "VK.Widgets.Post",
        *OPENED,
        "vk.com/video",
        "vk.com/wall",
        "vk.com/clip",
        "vk.com/photo",
        "vk.com/widget_post",
        "vk.ru/video",
        "vk.ru/wall",
        "vk.ru/widget_post",
        "vkvideo.ru/video",
    ),
    examples=(
        Example(
            format="text",
            source="A\nhttps://m.vk.com/wall-12345678_901?from=feed\nB",
            expect={"form": "url", "permalink": "https://vk.com/wall-12345678_901", "native_id": "wall-12345678_901"},
        ),
        *(
            Example(format="text", source=f"A\nhttps://{url}\nB", expect={"form": "url", "native_id": native_id})
            for url, native_id in (
                ("vk.com/feed?w=wall-12345678_901", "wall-12345678_901"),
                ("m.vk.com/harbour?from=feed&w=wall-12345678_901", "wall-12345678_901"),
                ("vk.com/video?z=video-12345678_456239017%2Fpl_cat_updates", "video-12345678_456239017"),
                ("vk.com/harbour?z=photo-12345678_456239017%2Falbum-12345678_00", "photo-12345678_456239017"),
            )
        ),
        Example(format="text", source="https://vkvideo.ru/video-12345678_456239017", expect={"form": "url", **FOUND}),
        Example(
            format="html",
            source='<iframe src="https://vk.com/video_ext.php?oid=-12345678&amp;id=456239017&amp;hd=2"></iframe>',
            expect={"form": "iframe", **FOUND},
        ),
        Example(
            format="html",
            source='<iframe src="https://vk.com/widget_post.php?app=0&amp;owner_id=-12345678&amp;post_id=901"></iframe>',
            expect={"form": "iframe", "permalink": "https://vk.com/wall-12345678_901"},
        ),
        *(
            Example(format="html", source=f"<p>One</p>{code}<p>Two</p>", expect={"marker": code, **POST})
            for code in (
                WIDGET.format(arguments=", -12345678, 901, 'h4Sh0fTheQuay', {width: 500}"),
                WIDGET.format(arguments=", '-12345678', '901', 'h4Sh0fTheQuay'"),
                WIDGET.format(arguments=", {hash: 'h4Sh0fTheQuay'}"),
                WIDGET.format(arguments=""),
            )
        ),
        Example(
            format="html",
            source="<p id=quay></p><p>One</p><script>VK.Widgets.Post('quay', -12345678, 901, 'h4Sh0f')</script>",
            expect={"marker": "<script>VK.Widgets.Post('quay', -12345678, 901, 'h4Sh0f')</script>", **POST},
        ),
    ),
    misses=(
        ("text", "https://vk.com/tidewatch"),
        ("text", "https://vk.com/tidewatch?w=page-12345678_901"),
        ("text", "https://vk.com/share.php?url=https%3A%2F%2Fexample.com%2F%3Fw%3Dwall-12345678_901"),
        ("markdown", "As [they](https://vk.com/wall-12345678_901) wrote."),
        ("html", '<a class="share" href="https://vk.com/share.php?url=https://example.com/">VK</a>'),
        ("html", '<iframe src="https://vk.com/widget_community.php?gid=12345678"></iframe>'),
        ("html", '<script>VK.Widgets.Like("vk_post_-12345678_901", {type: "button"});</script>'),
        ("html", "<script>posts.forEach(p => VK.Widgets.Post(p.place, p.owner, p.post));</script>"),
        ("html", "<pre>" + WIDGET.format(arguments=", -12345678, 901") + "</pre>"),
    ),
)
