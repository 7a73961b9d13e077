"""VK: posts on walls, videos, clips and photos; their embed code has no words."""

import re

from archiver.platforms.base import Example, Platform, UrlForm

HOSTS = ("vk.com", "vk.ru", "vkontakte.ru", "new.vk.com", "vkvideo.ru")
# Owner and number together name a post; communities have negative owners. A wall's numbers are not a video's.
ID = r"(?P<id>(?:wall|video|clip|photo)-?\d{1,12}_\d{1,12})(?!\w)"
ANY = "https://vk.com/{id}"
FOUND = {"native_id": "video-12345678_456239017", "permalink": "https://vk.com/video-12345678_456239017"}

VK = Platform(
    name="vk",
    label="VK",
    urls=(UrlForm(hosts=HOSTS, path=re.compile(rf"/(?:[\w.@/-]{{1,60}}?/)?{ID}"), permalink=ANY),),
    profile="https://vk.com/{handle}",
    needles=("vk.com/", "vk.ru/", "vkvideo.ru/"),
    traces=(
        "vk.com/video",
        "vk.com/wall",
        "vk.com/clip",
        "vk.com/photo",
        "vk.com/widget_post",
        "vk.ru/video",
        "vk.ru/wall",
        "vkvideo.ru/video",
    ),
    examples=(
        Example(
            format="text",
            source="A\nhttps://m.vk.com/wall-12345678_901?from=feed\nB",
            expect={"form": "url", "permalink": "https://vk.com/wall-12345678_901", "native_id": "wall-12345678_901"},
        ),
        Example(format="text", source="https://vkvideo.ru/video-12345678_456239017", expect={"form": "url", **FOUND}),
    ),
    misses=(
        ("text", "https://vk.com/tidewatch"),
        ("markdown", "As [they](https://vk.com/wall-12345678_901) wrote."),
        ("html", '<a class="share" href="https://vk.com/share.php?url=https://example.com/">VK</a>'),
        ("html", '<iframe src="https://vk.com/widget_community.php?gid=12345678"></iframe>'),
    ),
)
