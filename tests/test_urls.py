"""Addresses: each form of URL of each platform, what carries and disguises them, and what is no post's."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.platforms.base import Reference
from archiver.urls import resolve


class Post(NamedTuple):
    """A post, and addresses that all name it."""

    platform: str
    native_id: str
    permalink: str
    handle: str | None
    addresses: tuple[str, ...]


TABLE = (
    Post(
        "instagram",
        "CF1tGabcdef",
        "https://www.instagram.com/p/CF1tGabcdef/",
        None,
        (
            "https://www.instagram.com/p/CF1tGabcdef/",
            "http://instagram.com/p/CF1tGabcdef",
            "https://instagr.am/p/CF1tGabcdef/",
            "https://www.instagram.com/p/CF1tGabcdef/?utm_source=ig_embed&utm_campaign=loading&igshid=1",
            "https://www.instagram.com/p/CF1tGabcdef/embed/captioned/?cr=1&v=12&wp=658",
            "//www.instagram.com/p/CF1tGabcdef/media/?size=l",
            "https://l.instagram.com/?u=https%3A%2F%2Fwww.instagram.com%2Fp%2FCF1tGabcdef%2F&e=AT0",
            "//web.archive.org/web/20201002111631im_/http://instagram.com/p/CF1tGabcdef/",
        ),
    ),
    Post(
        "instagram",
        "CF1tGabcdef",
        "https://www.instagram.com/p/CF1tGabcdef/",
        "ines.okafor",
        ("https://www.instagram.com/ines.okafor/p/CF1tGabcdef/",),
    ),
    Post(
        "instagram",
        "CF1tGabcdef",
        "https://www.instagram.com/reel/CF1tGabcdef/",
        None,
        (
            "https://m.instagram.com/reel/CF1tGabcdef/?hl=de",
            "https://www.instagram.com/reels/CF1tGabcdef/",
        ),
    ),
    Post(
        "instagram",
        "CF1tGabcdef",
        "https://www.instagram.com/reel/CF1tGabcdef/",
        "ines.okafor",
        ("https://www.instagram.com/ines.okafor/reel/CF1tGabcdef/",),
    ),
    Post(
        "instagram",
        "CF1tGabcdef",
        "https://www.instagram.com/tv/CF1tGabcdef/",
        None,
        ("https://www.instagram.com/tv/CF1tGabcdef/",),
    ),
    Post(
        "instagram",
        "CF1tGabcdefgh",
        "https://www.instagram.com/p/CF1tGabcdefghijklmnopqrstuvwxyz0123456789/",
        None,
        ("https://www.instagram.com/p/CF1tGabcdefghijklmnopqrstuvwxyz0123456789/",),
    ),
    Post(
        "twitter",
        "1311875027000000512",
        "https://twitter.com/northpilots/status/1311875027000000512",
        "northpilots",
        (
            "https://twitter.com/northpilots/status/1311875027000000512",
            "https://x.com/northpilots/status/1311875027000000512?s=46&t=abc",
            "https://mobile.twitter.com/northpilots/status/1311875027000000512?s=20",
            "https://m.twitter.com/northpilots/statuses/1311875027000000512",
            "https://twitter.com/northpilots/status/1311875027000000512/photo/1",
            "https://publish.twitter.com/oembed?url=https%3A%2F%2Ftwitter.com%2Fnorthpilots%2Fstatus%2F1311875027000000512",
            "https://publish.x.com/oembed?url=https://x.com/northpilots/status/1311875027000000512",
            "https://web.archive.org/web/20201002111631/https://twitter.com/northpilots/status/1311875027000000512",
        ),
    ),
    Post(
        "twitter",
        "594202211340582912",
        "https://twitter.com/northpilots/status/594202211340582912",
        "northpilots",
        ("http://twitter.com/#!/northpilots/status/594202211340582912",),
    ),
    Post(
        "twitter",
        "1311875027000000512",
        "https://twitter.com/i/status/1311875027000000512",
        None,
        (
            "https://twitter.com/i/web/status/1311875027000000512",
            "https://twitter.com/i/status/1311875027000000512",
            "https://twitter.com/statuses/1311875027000000512",
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1311875027000000512&theme=light",
            "https://platform.x.com/embed/Tweet.html?id=1311875027000000512",
            "https://twitter.com/anyuser/status/1311875027000000512",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/northpilots/posts/10158899000012345",
        "northpilots",
        (
            "https://www.facebook.com/northpilots/posts/10158899000012345",
            "https://m.facebook.com/northpilots/posts/10158899000012345?__tn__=C-R",
            "https://web.facebook.com/northpilots/posts/the-quays-are-closed/10158899000012345/",
            "https://fb.com/northpilots/posts/10158899000012345",
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts%2F10158899000012345&width=500",
            "https://www.facebook.com/plugins/comment_embed.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts%2F10158899000012345%3Fcomment_id%3D101&include_parent=false",
            "https://graph.facebook.com/v12.0/oembed_post?url=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts%2F10158899000012345",
            "https://www.facebook.com/plugins/post/oembed.json/?url=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts%2F10158899000012345",
        ),
    ),
    Post(
        "facebook",
        "pfbid02abcDEFghiJKLmnoPQRstuVWX",
        "https://www.facebook.com/northpilots/posts/pfbid02abcDEFghiJKLmnoPQRstuVWX",
        "northpilots",
        ("https://de-de.facebook.com/northpilots/posts/pfbid02abcDEFghiJKLmnoPQRstuVWX",),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/northpilots/videos/10158899000012345/",
        "northpilots",
        (
            "https://www.facebook.com/v2.3/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fvideos%2F10158899000012345%2F&app_id=",
            "https://www.facebook.com/northpilots/videos/10158899000012345/",
            "https://www.facebook.com/northpilots/videos/vb.120000/10158899000012345/?type=3",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/reel/10158899000012345",
        None,
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Freel%2F10158899000012345&h=AT0",
            "https://www.facebook.com/reel/10158899000012345",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/groups/tidewatch/posts/10158899000012345/",
        None,
        (
            "https://www.facebook.com/groups/tidewatch/permalink/10158899000012345/",
            "https://www.facebook.com/groups/tidewatch/posts/10158899000012345",
            "https://www.facebook.com/groups/tidewatch/?multi_permalinks=10158899000012345",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/northpilots/photos/10158899000012345/",
        "northpilots",
        ("https://www.facebook.com/northpilots/photos/a.12.34.56/10158899000012345/?type=3&theater",),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/permalink.php?story_fbid=10158899000012345&id=120000",
        None,
        (
            "https://www.facebook.com/permalink.php?story_fbid=10158899000012345&id=120000",
            "https://www.facebook.com/permalink.php?id=120000&amp;story_fbid=10158899000012345",
            "https://m.facebook.com/story.php?story_fbid=10158899000012345&id=120000",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/permalink.php?story_fbid=10158899000012345",
        None,
        ("https://www.facebook.com/permalink.php?story_fbid=10158899000012345",),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/photo.php?fbid=10158899000012345",
        None,
        (
            "https://www.facebook.com/photo.php?fbid=10158899000012345&set=a.12.34",
            "https://www.facebook.com/photo/?fbid=10158899000012345",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/watch/?v=10158899000012345",
        None,
        (
            "https://www.facebook.com/watch/?v=10158899000012345",
            "https://www.facebook.com/video.php?v=10158899000012345",
            "https://www.facebook.com/video/embed?video_id=10158899000012345",
            "http://www.facebook.com/v/10158899000012345",
        ),
    ),
    Post(
        "facebook",
        "10158899000012345",
        "https://www.facebook.com/notes/northpilots/10158899000012345/",
        "northpilots",
        ("https://www.facebook.com/notes/northpilots/the-quays/10158899000012345",),
    ),
    Post(
        "facebook",
        "1AbcDefGhi",
        "https://www.facebook.com/share/v/1AbcDefGhi/",
        None,
        ("https://www.facebook.com/share/v/1AbcDefGhi/?mibextid=x",),
    ),
    Post("facebook", "aBc1dEf2gH", "https://fb.watch/aBc1dEf2gH/", None, ("https://fb.watch/aBc1dEf2gH/",)),
    Post(
        "bluesky",
        "3l5jmcyhpi54h",
        "https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h",
        "ines.example.org",
        (
            "https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h",
            "https://embed.bsky.app/oembed?url=https://bsky.app/profile/ines.example.org/post/3l5jmcyhpi54h",
            "at://ines.example.org/app.bsky.feed.post/3l5jmcyhpi54h",
        ),
    ),
    Post(
        "bluesky",
        "3l5jmcyhpi54h",
        "https://bsky.app/profile/did:plc:abcdefghijkl234567mnopqr/post/3l5jmcyhpi54h",
        None,
        (
            "https://bsky.app/profile/did:plc:abcdefghijkl234567mnopqr/post/3l5jmcyhpi54h?ref_src=embed",
            "https://bsky.app/profile/did%3Aplc%3Aabcdefghijkl234567mnopqr/post/3l5jmcyhpi54h",
            "https://embed.bsky.app/embed/did:plc:abcdefghijkl234567mnopqr/app.bsky.feed.post/3l5jmcyhpi54h?id=071",
            "at://did:plc:abcdefghijkl234567mnopqr/app.bsky.feed.post/3l5jmcyhpi54h",
        ),
    ),
    Post(
        "dailymotion",
        "x9quay7",
        "https://www.dailymotion.com/video/x9quay7",
        None,
        (
            "https://www.dailymotion.com/video/x9quay7_night-on-the-quay_travel",
            "https://www.dailymotion.com/embed/video/x9quay7?autoplay=1",
            "https://touch.dailymotion.com/video/x9quay7",
            "https://www.dailymotion.com/fr/video/x9quay7",
            "http://www.dailymotion.com/swf/x9quay7",
            "http://www.dailymotion.com/swf/video/x9quay7",
            "https://dai.ly/x9quay7",
            "https://www.dailymotion.com/playlist/x7tides_northpilots_low-tide/1#video=x9quay7",
            "https://geo.dailymotion.com/player/xa7b2.html?video=x9quay7",
            "https://www.dailymotion.com/services/oembed?url=https://www.dailymotion.com/video/x9quay7",
        ),
    ),
    Post(
        "dailymotion",
        "x7tides",
        "https://www.dailymotion.com/playlist/x7tides",
        None,
        (
            "https://geo.dailymotion.com/player.html?playlist=x7tides",
            "https://www.dailymotion.com/playlist/x7tides",
        ),
    ),
    Post(
        "flickr",
        "52204177236",
        "https://www.flickr.com/photos/northpilots/52204177236/",
        "northpilots",
        (
            "https://www.flickr.com/photos/northpilots/52204177236/in/photostream/",
            "https://www.flickr.com/photos/northpilots/52204177236/player/",
            "https://www.flickr.com/services/oembed?url=https://www.flickr.com/photos/northpilots/52204177236/",
        ),
    ),
    Post(
        "flickr",
        "52204177236",
        "https://www.flickr.com/photos/41772360@N07/52204177236/",
        "41772360@N07",
        ("https://m.flickr.com/photos/41772360@N07/52204177236",),
    ),
    Post(
        "flickr",
        "72157700000012345",
        "https://www.flickr.com/photos/northpilots/albums/72157700000012345",
        "northpilots",
        (
            "https://www.flickr.com/photos/northpilots/albums/72157700000012345",
            "https://www.flickr.com/photos/northpilots/sets/72157700000012345/",
        ),
    ),
    Post(
        "flickr",
        "52204177236",
        "https://www.flickr.com/photo.gne?id=52204177236",
        None,
        (
            "https://embedr.flickr.com/photos/52204177236",
            "https://www.flickr.com/photo.gne?id=52204177236",
        ),
    ),
    Post("flickr", "938130634", "https://flic.kr/p/2qUay7", None, ("https://flic.kr/p/2qUay7",)),
    Post(
        "giphy",
        "xQ7harbourLamp204",
        "https://giphy.com/gifs/xQ7harbourLamp204",
        None,
        (
            "https://giphy.com/gifs/lantern-tide-xQ7harbourLamp204",
            "https://giphy.com/gifs/xQ7harbourLamp204?utm_source=x",
            "https://giphy.com/embed/xQ7harbourLamp204",
            "https://giphy.com/stickers/lantern-xQ7harbourLamp204",
            "https://giphy.com/clips/lantern-xQ7harbourLamp204",
            "https://media3.giphy.com/media/v1.Y2lkPTc5MGI3NjEx/xQ7harbourLamp204/giphy.gif",
            "https://i.giphy.com/xQ7harbourLamp204.gif",
            "https://giphy.com/services/oembed?url=https://giphy.com/gifs/xQ7harbourLamp204",
        ),
    ),
    Post("giphy", "Qy7Lamp", "https://gph.is/g/Qy7Lamp", None, ("https://gph.is/g/Qy7Lamp",)),
    Post(
        "imgur",
        "q7LampX",
        "https://imgur.com/q7LampX",
        None,
        (
            "https://imgur.com/q7LampX",
            "https://imgur.com/q7LampX/embed?pub=true",
            "https://m.imgur.com/q7LampX",
            "https://imgur.com/t/boats/q7LampX",
            "https://i.imgur.com/q7LampX.gifv",
            "https://api.imgur.com/oembed?url=https://imgur.com/q7LampX",
        ),
    ),
    Post(
        "imgur",
        "q7Lmp",
        "https://imgur.com/a/q7Lmp",
        None,
        (
            "https://imgur.com/a/q7Lmp",
            "https://imgur.com/a/low-tide-q7Lmp",
        ),
    ),
    Post(
        "imgur",
        "q7LampX",
        "https://imgur.com/gallery/q7LampX",
        None,
        ("https://imgur.com/gallery/low-tide-on-the-quay-q7LampX",),
    ),
    Post(
        "linkedin",
        "7075043149462556672",
        "https://www.linkedin.com/feed/update/urn:li:share:7075043149462556672",
        None,
        ("https://www.linkedin.com/embed/feed/update/urn:li:share:7075043149462556672",),
    ),
    Post(
        "linkedin",
        "7075043149462556672",
        "https://www.linkedin.com/feed/update/urn:li:activity:7075043149462556672",
        None,
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:7075043149462556672/",
            "https://www.linkedin.com/posts/ines-o_activity-7075043149462556672-Ab1c",
            "https://www.linkedin.com/posts/ines-okafor_low-tide-activity-7075043149462556672-Ab1c?utm_source=share",
        ),
    ),
    Post(
        "linkedin",
        "7075043149462556672",
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:7075043149462556672",
        None,
        ("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7075043149462556672",),
    ),
    Post(
        "mastodon",
        "113237543551316025",
        "https://mast.example.org/@ines/113237543551316025",
        "ines@mast.example.org",
        (
            "https://mast.example.org/@ines/113237543551316025",
            "https://mast.example.org/@ines/113237543551316025/embed",
            "https://mast.example.org/web/@ines/113237543551316025",
            "https://mast.example.org/users/ines/statuses/113237543551316025",
        ),
    ),
    Post(
        "mastodon",
        "113237543551316025",
        "https://mast.example.org/@ines@other.example.net/113237543551316025",
        "ines@other.example.net",
        (
            "https://mast.example.org/@ines@other.example.net/113237543551316025",
            "https://mast.example.org/web/@ines@other.example.net/113237543551316025",
        ),
    ),
    Post(
        "mastodon",
        "113237543551316025",
        "https://mast.example.org/web/statuses/113237543551316025",
        None,
        ("https://mast.example.org/web/statuses/113237543551316025",),
    ),
    Post(
        "pinterest",
        "417723600020417",
        "https://www.pinterest.com/pin/417723600020417/",
        None,
        (
            "https://www.pinterest.com/pin/417723600020417/",
            "https://www.pinterest.de/pin/417723600020417/?nic_v2=1a",
            "https://uk.pinterest.com/pin/417723600020417",
            "https://www.pinterest.co.uk/pin/low-tide--417723600020417/",
            "https://assets.pinterest.com/ext/embed.html?id=417723600020417",
            "https://www.pinterest.com/oembed.json?url=https://www.pinterest.com/pin/417723600020417/",
        ),
    ),
    Post("pinterest", "4q7LampXy", "https://pin.it/4q7LampXy", None, ("https://pin.it/4q7LampXy",)),
    Post(
        "reddit",
        "1abc2de",
        "https://www.reddit.com/r/tidewatch/comments/1abc2de/",
        None,
        (
            "https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay_at_low_tide/",
            "https://old.reddit.com/r/tidewatch/comments/1abc2de/?utm_source=share",
            "https://embed.reddit.com/r/tidewatch/comments/1abc2de/the_quay/?embed=true",
            "https://www.redditmedia.com/r/tidewatch/comments/1abc2de/the_quay/?ref_source=embed&ref=share&embed=true",
            "https://www.reddit.com/oembed?url=https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay/",
        ),
    ),
    Post(
        "reddit",
        "k1abc2d",
        "https://www.reddit.com/r/tidewatch/comments/1abc2de/comment/k1abc2d/",
        None,
        (
            "https://www.reddit.com/r/tidewatch/comments/1abc2de/the_quay_at_low_tide/k1abc2d/",
            "https://www.reddit.com/r/tidewatch/comments/1abc2de/comment/k1abc2d/",
        ),
    ),
    Post(
        "reddit",
        "1abc2de",
        "https://www.reddit.com/user/MaraRows/comments/1abc2de/",
        "MaraRows",
        ("https://www.reddit.com/user/MaraRows/comments/1abc2de/the_quay/",),
    ),
    Post(
        "reddit",
        "1abc2de",
        "https://www.reddit.com/comments/1abc2de/",
        None,
        (
            "https://www.reddit.com/comments/1abc2de",
            "https://www.reddit.com/gallery/1abc2de",
            "https://redd.it/1abc2de",
        ),
    ),
    Post(
        "reddit",
        "Qy7LampX20",
        "https://www.reddit.com/r/tidewatch/s/Qy7LampX20",
        None,
        ("https://www.reddit.com/r/tidewatch/s/Qy7LampX20",),
    ),
    Post(
        "snapchat",
        "W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",
        "https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",
        None,
        (
            "https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204?share_id=x7",
            "https://www.snapchat.com/embed/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",
        ),
    ),
    Post(
        "snapchat",
        "W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",
        "https://www.snapchat.com/@harbourmaster/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",
        "harbourmaster",
        ("https://www.snapchat.com/@harbourmaster/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYquayLampTide204",),
    ),
    Post(
        "snapchat",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "https://www.snapchat.com/lens/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        None,
        ("https://www.snapchat.com/lens/0a1b2c3d4e5f60718293a4b5c6d7e8f9",),
    ),
    Post(
        "snapchat",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/1204177236",
        "https://www.snapchat.com/p/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/1204177236",
        None,
        ("https://www.snapchat.com/p/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/1204177236",),
    ),
    Post(
        "soundcloud",
        "2204177236",
        "https://api.soundcloud.com/tracks/2204177236",
        None,
        ("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/2204177236&color=%23ff5500",),
    ),
    Post(
        "soundcloud",
        "41772360",
        "https://api.soundcloud.com/playlists/41772360",
        None,
        ("https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/41772360",),
    ),
    Post(
        "soundcloud",
        "northpilots/night-on-the-quay",
        "https://soundcloud.com/northpilots/night-on-the-quay",
        "northpilots",
        (
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fnorthpilots%2Fnight-on-the-quay",
            "https://soundcloud.com/northpilots/night-on-the-quay?utm_source=clipboard",
            "https://soundcloud.com/oembed?url=https://soundcloud.com/northpilots/night-on-the-quay",
        ),
    ),
    Post(
        "soundcloud",
        "northpilots/sets/low-tide",
        "https://soundcloud.com/northpilots/sets/low-tide",
        "northpilots",
        ("https://m.soundcloud.com/northpilots/sets/low-tide",),
    ),
    Post("soundcloud", "Qy7Lm", "https://on.soundcloud.com/Qy7Lm", None, ("https://on.soundcloud.com/Qy7Lm",)),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/track/4tideQuayLantern204xYz",
        None,
        (
            "https://open.spotify.com/track/4tideQuayLantern204xYz?si=0a1b2c",
            "https://embed.spotify.com/?uri=spotify%3Atrack%3A4tideQuayLantern204xYz",
        ),
    ),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/album/4tideQuayLantern204xYz",
        None,
        ("https://open.spotify.com/intl-de/album/4tideQuayLantern204xYz",),
    ),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/playlist/4tideQuayLantern204xYz",
        None,
        ("https://open.spotify.com/embed/playlist/4tideQuayLantern204xYz?utm_source=generator",),
    ),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/episode/4tideQuayLantern204xYz",
        None,
        ("https://open.spotify.com/embed-podcast/episode/4tideQuayLantern204xYz",),
    ),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/playlist/4tideQuayLantern204xYz",
        "northpilots",
        (
            "https://open.spotify.com/user/northpilots/playlist/4tideQuayLantern204xYz",
            "https://embed.spotify.com/?uri=spotify:user:northpilots:playlist:4tideQuayLantern204xYz",
        ),
    ),
    Post(
        "spotify",
        "4tideQuayLantern204xYz",
        "https://open.spotify.com/show/4tideQuayLantern204xYz",
        None,
        ("https://open.spotify.com/oembed?url=https://open.spotify.com/show/4tideQuayLantern204xYz",),
    ),
    Post("spotify", "Qy7LampXy2", "https://spotify.link/Qy7LampXy2", None, ("https://spotify.link/Qy7LampXy2",)),
    Post(
        "telegram",
        "tidewatch/1204",
        "https://t.me/tidewatch/1204",
        "tidewatch",
        (
            "https://t.me/tidewatch/1204",
            "https://t.me/s/tidewatch/1204?single",
            "https://telegram.me/tidewatch/1204?embed=1&userpic=true",
        ),
    ),
    Post(
        "threads",
        "DAnqgdfgBCS",
        "https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS",
        "ines.okafor",
        (
            "https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS?igshid=abc",
            "https://www.threads.com/@ines.okafor/post/DAnqgdfgBCS/embed/",
            "https://www.threads.net/oembed?url=https://www.threads.net/@ines.okafor/post/DAnqgdfgBCS",
        ),
    ),
    Post(
        "threads",
        "DAnqgdfgBCS",
        "https://www.threads.net/t/DAnqgdfgBCS",
        None,
        ("https://www.threads.net/t/DAnqgdfgBCS",),
    ),
    Post(
        "tiktok",
        "6878980214519221525",
        "https://www.tiktok.com/@mara.rows/video/6878980214519221525",
        "mara.rows",
        (
            "https://www.tiktok.com/@mara.rows/video/6878980214519221525?is_from_webapp=1&sender_device=pc",
            "https://www.tiktok.com/oembed?url=https://www.tiktok.com/@mara.rows/video/6878980214519221525",
        ),
    ),
    Post(
        "tiktok",
        "6878980214519221525",
        "https://www.tiktok.com/@/video/6878980214519221525",
        None,
        (
            "https://m.tiktok.com/v/6878980214519221525.html",
            "https://www.tiktok.com/embed/v2/6878980214519221525?lang=en-US",
            "https://www.tiktok.com/player/v1/6878980214519221525",
        ),
    ),
    Post(
        "tiktok",
        "6878980214519221525",
        "https://www.tiktok.com/@mara.rows/photo/6878980214519221525",
        "mara.rows",
        ("https://www.tiktok.com/@mara.rows/photo/6878980214519221525",),
    ),
    Post("tiktok", "ZMabc1dEf", "https://vm.tiktok.com/ZMabc1dEf/", None, ("https://vm.tiktok.com/ZMabc1dEf/",)),
    Post("tiktok", "ZTabc1dEf", "https://www.tiktok.com/t/ZTabc1dEf/", None, ("https://www.tiktok.com/t/ZTabc1dEf/",)),
    Post(
        "truthsocial",
        "113237543551316025",
        "https://truthsocial.com/@harbourmaster/posts/113237543551316025",
        "harbourmaster",
        (
            "https://truthsocial.com/@harbourmaster/posts/113237543551316025",
            "https://truthsocial.com/@harbourmaster/113237543551316025/embed",
            "https://truthsocial.com/users/harbourmaster/statuses/113237543551316025",
        ),
    ),
    Post(
        "truthsocial",
        "113237543551316025",
        "https://truthsocial.com/posts/113237543551316025",
        None,
        ("https://truthsocial.com/posts/113237543551316025",),
    ),
    Post(
        "tumblr",
        "765332564000012345",
        "https://www.tumblr.com/northpilots/765332564000012345",
        "northpilots",
        (
            "https://www.tumblr.com/northpilots/765332564000012345/low-tide?source=share",
            "https://www.tumblr.com/blog/view/northpilots/765332564000012345",
            "https://www.tumblr.com/oembed/1.0?url=https://www.tumblr.com/northpilots/765332564000012345",
        ),
    ),
    Post(
        "tumblr",
        "186400012345",
        "https://northpilots.tumblr.com/post/186400012345",
        "northpilots",
        (
            "https://northpilots.tumblr.com/post/186400012345/low-tide",
            "https://northpilots.tumblr.com/image/186400012345",
        ),
    ),
    Post(
        "tumblr",
        "765332564000012345",
        "https://embed.tumblr.com/embed/post/Qy7LampXy204aB/765332564000012345",
        None,
        ("https://embed.tumblr.com/embed/post/Qy7LampXy204aB/765332564000012345",),
    ),
    Post("tumblr", "ZqY7LampXy204", "https://tmblr.co/ZqY7LampXy204", None, ("https://tmblr.co/ZqY7LampXy204",)),
    Post(
        "twitch",
        "2204177236",
        "https://www.twitch.tv/videos/2204177236",
        None,
        (
            "https://www.twitch.tv/videos/2204177236?t=1h2m",
            "https://player.twitch.tv/?video=2204177236&parent=example.com",
        ),
    ),
    Post(
        "twitch",
        "BraveTidyHeronKeel",
        "https://clips.twitch.tv/BraveTidyHeronKeel",
        None,
        (
            "https://clips.twitch.tv/BraveTidyHeronKeel",
            "https://clips.twitch.tv/embed?clip=BraveTidyHeronKeel&parent=example.com",
        ),
    ),
    Post(
        "twitch",
        "BraveTidyHeronKeel-x7QuayLantern204",
        "https://clips.twitch.tv/BraveTidyHeronKeel-x7QuayLantern204",
        "northpilots",
        ("https://www.twitch.tv/northpilots/clip/BraveTidyHeronKeel-x7QuayLantern204",),
    ),
    Post(
        "twitch",
        "2204177236",
        "https://www.twitch.tv/videos/2204177236",
        "northpilots",
        ("https://m.twitch.tv/northpilots/v/2204177236",),
    ),
    Post(
        "twitch",
        "Qy7harbourNig_1",
        "https://www.twitch.tv/collections/Qy7harbourNig_1",
        None,
        (
            "https://www.twitch.tv/collections/Qy7harbourNig_1",
            "https://player.twitch.tv/?collection=Qy7harbourNig_1",
        ),
    ),
    Post(
        "vimeo",
        "990417236",
        "https://vimeo.com/990417236",
        None,
        (
            "https://vimeo.com/990417236",
            "https://player.vimeo.com/video/990417236?h=5b1c0d2e3f&title=0",
            "https://vimeo.com/channels/quayfilms/990417236",
            "https://vimeo.com/showcase/7712345/video/990417236",
            "http://vimeo.com/moogaloop.swf?clip_id=990417236&server=vimeo.com",
            "https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/990417236",
            "https://cdn.iframe.ly/api/iframe?url=https%3A%2F%2Fvimeo.com%2F990417236&key=x7",
        ),
    ),
    Post("vimeo", "4417236", "https://vimeo.com/event/4417236", None, ("https://vimeo.com/event/4417236/embed",)),
    Post(
        "vk",
        "wall-12345678_901",
        "https://vk.com/wall-12345678_901",
        None,
        (
            "https://vk.com/wall-12345678_901",
            "https://vk.com/feed?w=wall-12345678_901",
            "https://vk.com/widget_post.php?app=0&width=100%25&owner_id=-12345678&post_id=901",
        ),
    ),
    Post(
        "vk",
        "video-12345678_456239017",
        "https://vk.com/video-12345678_456239017",
        None,
        (
            "https://vk.com/video_ext.php?oid=-12345678&id=456239017&hash=0a1b&hd=2",
            "https://vkvideo.ru/video-12345678_456239017",
        ),
    ),
    Post(
        "youtube",
        "nB3rTh-Pil0",
        "https://www.youtube.com/watch?v=nB3rTh-Pil0",
        None,
        (
            "https://www.youtube.com/watch?v=nB3rTh-Pil0&list=PLq7harbourNights204&index=3&pp=x",
            "https://m.youtube.com/watch?feature=share&v=nB3rTh-Pil0",
            "https://youtu.be/nB3rTh-Pil0?si=x7&t=42",
            "https://www.youtube.com/watch?feature=share&#038;v=nB3rTh-Pil0",
            "https://www.youtubeeducation.com/embed/nB3rTh-Pil0",
            "https://www.youtube-nocookie.com/embed/nB3rTh-Pil0?rel=0&start=12",
            "//www.youtube.com/embed/nB3rTh-Pil0",
            "http://www.youtube.com/v/nB3rTh-Pil0&hl=en&fs=1",
            "https://youtube.com/shorts/nB3rTh-Pil0",
            "https://www.youtube.com/live/nB3rTh-Pil0",
            "https://music.youtube.com/watch?v=nB3rTh-Pil0",
            "https://www.youtube.com/attribution_link?a=x7&u=%2Fwatch%3Fv%3DnB3rTh-Pil0%26feature%3Dshare",
            "https://www.youtube.com/oembed?url=https%3A//youtu.be/nB3rTh-Pil0&format=json",
            "https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2FnB3rTh-Pil0&key=x7",
            "https://web.archive.org/web/20201002111631if_/https://www.youtube.com/embed/nB3rTh-Pil0",
            "HTTPS://WWW.YouTube.com/watch?v=nB3rTh-Pil0",
            "youtu.be/nB3rTh-Pil0",
        ),
    ),
    Post(
        "youtube",
        "PLq7harbourNights204",
        "https://www.youtube.com/playlist?list=PLq7harbourNights204",
        None,
        (
            "https://www.youtube.com/embed/videoseries?list=PLq7harbourNights204",
            "https://www.youtube.com/playlist?list=PLq7harbourNights204",
        ),
    ),
)


def declared() -> Iterator[Post]:
    """The addresses in the examples of the platforms that the table has none of, such as one that was just added."""
    for platform in PLATFORMS:
        if any(post.platform == platform.name for post in TABLE):
            continue
        for example in platform.examples:
            (embed,) = find_embeds(example.source, example.format)
            if embed.form == "url" and embed.native_id and embed.permalink:
                yield Post(platform.name, embed.native_id, embed.permalink, embed.handle, (embed.marker,))


POSTS = (*TABLE, *declared())
ADDRESSES = [pytest.param(post, address, id=address) for post in POSTS for address in post.addresses]

# What follows a post's address when it is shared, and says nothing about the post.
TRACKING = (
    "utm_source=ig_embed&utm_campaign=loading",
    "fbclid=IwAR0quay",
    "igshid=MzRlODBiNWFlZA==",
    "ref_src=twsrc%5Etfw",
    "si=Qy7LampX",
)
# What stands around an address where somebody else's service shows or archives the post.
WRAPPERS = (
    "https://web.archive.org/web/20201002111631/{plain}",
    "//web.archive.org/web/20201002111631if_/{plain}",
    "https://pictures.example/1024/social/{plain}",
    "https://cdn.embedly.com/widgets/media.html?key=x7&url={quoted}",
    "https://cdn.iframe.ly/api/iframe?url={quoted}&key=x7",
    "  {plain}\n",
)
NO_POSTS = (
    "",
    " ",
    "#",
    "/",
    "//",
    "https://",
    "https:///p/CF1tGabcdef/",
    "about:blank",
    "javascript:void(0)",
    "data:text/html,https://twitter.com/northpilots/status/1311875027000000512",
    "mailto:ines@example.org",
    "https://example.org/p/CF1tGabcdef/",
    "https://instagram.com.example.org/p/CF1tGabcdef/",
    "https://example.org/?url=https://www.instagram.com/p/CF1tGabcdef/",
    "https://nottwitter.com/northpilots/status/1311875027000000512",
    "https://www.instagram.com/ines.okafor/",
    "https://www.instagram.com/explore/tags/quay/",
    "https://www.instagram.com/stories/ines.okafor/2412345678901234567/",
    "https://twitter.com/northpilots",
    "https://twitter.com/intent/tweet?url=https%3A%2F%2Ftwitter.com%2Fnorthpilots%2Fstatus%2F1311875027000000512",
    "https://twitter.com/share?url=https://twitter.com/northpilots/status/1311875027000000512",
    "https://platform.twitter.com/widgets/tweet_button.html#id=1311875027000000512",
    "https://www.facebook.com/northpilots",
    "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots%2Fposts%2F10158899000012345",
    "https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots",
    "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fnorthpilots",
    "https://www.facebook.com/share/g/1AbcDefGhi/",
    "https://www.facebook.com/share/1AbcDefGhi/",
    "https://web.t.me/1204",
    "https://bsky.app/profile/ines.example.org",
    "https://bsky.app/profile/ines.example.org/feed/3l5jmcyhpi54h",
    "https://mast.example.org/@ines",
    "https://www.youtube.com/@harbourchannel",
    "https://www.youtube.com/results?search_query=quay",
    "https://www.youtube.com/embed/live_stream?channel=UCnorthpilotsharbour0000",
    "https://vimeo.com/inesokafor",
    "https://player.twitch.tv/?channel=northpilots&parent=example.com",
    "https://open.spotify.com/artist/4tideQuayLantern204xYz",
    "https://soundcloud.com/northpilots",
    "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/users/41772",
    "https://t.me/share/url?url=https://t.me/tidewatch/1204",
    "https://t.me/tidewatch",
    "https://www.reddit.com/r/tidewatch/",
    "https://www.reddit.com/submit?url=https://www.reddit.com/r/tidewatch/comments/1abc2de/",
    "https://www.pinterest.com/pin/create/button/?url=https://www.pinterest.com/pin/417723600020417/",
    "https://www.tiktok.com/@mara.rows",
    "https://www.linkedin.com/in/ines-okafor/",
    "https://vk.com/share.php?url=https://vk.com/wall-12345678_901",
    "https://imgur.com/upload",
    "https://i.imgur.com/q7LampX.jpg",
    "https://www.flickr.com/photos/tags/quay/",
    "https://giphy.com/explore/lanterns",
)
# Addresses that a parser might choke on, or follow for ever.
HOSTILE = (
    "https://[::1",
    "https://[instagram.com]/p/CF1tGabcdef/",
    "https://instagram.com:port/p/CF1tGabcdef/",
    "https://instagram.com:99999999/p/CF1tGabcdef/",
    "https://\x00instagram.com/p/\x00/",
    "https://instagram\u2100.com/p/CF1tGabcdef/",
    "https://ＩＮＳＴＡＧＲＡＭ.com/p/CF1tGabcdef/",
    "https://www.youtube.com/watch?v=" + "%F0%9F" * 1_000,
    "https://www.youtube.com/watch?" + "v=&" * 10_000,
    "https://www.youtube.com/" + "/" * 100_000,
    "https://www.instagram.com/p/" + "a" * 100_000,
    "https://www.facebook.com/" + "posts/" * 20_000,
    "https://x.com/#!" + "/" * 100_000,
    "https://twitter.com/" + "%25" * 50_000 + "/status/1",
    "https://l.facebook.com/l.php?u=" * 5_000,
    "https://web.archive.org/web/1/" * 5_000,
    "https://www.twitch.tv/{handle}/clip/{0}",
    "https://{host}.tumblr.com/post/{id}",
    "spotify:" * 1_000,
    "at://" * 1_000,
    "\ud800",
)


@pytest.mark.parametrize(("post", "address"), ADDRESSES)
def test_an_address_leads_to_its_post(post: Post, address: str) -> None:
    """Each form of a platform's addresses names the post, by the same id and permalink as all the others."""
    assert resolve(address) == Reference(
        platform=post.platform, native_id=post.native_id, permalink=post.permalink, handle=post.handle
    )


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.permalink)
def test_a_permalink_is_a_fixed_point(post: Post) -> None:
    """A permalink leads to itself and to the same id, whatever address it was made of."""
    reference = resolve(post.permalink)
    assert reference is not None
    assert (reference.permalink, reference.native_id) == (post.permalink, post.native_id)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_platform_is_in_the_table(platform: object) -> None:
    """No platform's addresses go untested."""
    assert platform in [one for one in PLATFORMS if any(post.platform == one.name for post in POSTS)]


@pytest.mark.parametrize("tracking", TRACKING)
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.permalink)
def test_tracking_parameters_are_cut(post: Post, tracking: str) -> None:
    """What a share button adds to a permalink changes nothing of it."""
    address = f"{post.permalink}{'&' if '?' in post.permalink else '?'}{tracking}#top"
    assert (reference := resolve(address)) and reference.permalink == post.permalink


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.permalink)
def test_a_wrapped_address_is_unwrapped(post: Post, wrapper: str) -> None:
    """An archived or embedded address leads where the one in it does."""
    address = wrapper.format(plain=post.permalink, quoted=quote(post.permalink, safe=""))
    assert resolve(address) == resolve(post.permalink)


@pytest.mark.parametrize("address", NO_POSTS)
def test_other_addresses_name_no_post(address: str) -> None:
    """Profiles, tags, share buttons, other sites and other schemes name no post."""
    assert resolve(address) is None


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_address_does_no_harm(address: str) -> None:
    """An address that is none, or is endless, raises nothing."""
    resolve(address)


CHARACTERS = st.text(st.sampled_from("/?#&=%:@!.-_[]{}aZ09é\x00"), max_size=4)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """An address of the table, some characters of it lost and others put in."""
    address = draw(st.sampled_from([address for post in POSTS for address in post.addresses]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(address)))
        address = address[:at] + draw(CHARACTERS) + address[at + draw(st.integers(0, 3)) :]
    return address


@given(st.one_of(damaged(), st.text()))
def test_resolving_never_raises(address: str) -> None:
    """Whatever is taken for an address has a post or has none."""
    resolve(address)


@given(damaged())
def test_what_was_resolved_resolves_to_itself(address: str) -> None:
    """Of any address that names a post, the permalink does, and names the same."""
    if reference := resolve(address):
        again = resolve(reference.permalink)
        assert again is not None
        assert (again.permalink, again.native_id) == (reference.permalink, reference.native_id)


def test_a_port_belongs_to_the_address() -> None:
    """A server at another port is another one; platforms have none there."""
    found = resolve("https://mast.example.org:8443/@ines/113237543551316025/embed")
    assert found is not None
    assert found.permalink == "https://mast.example.org:8443/@ines/113237543551316025"
    assert resolve("https://www.youtube.com:8443/watch?v=Fh0erry_Qx4") is None
    assert resolve("https://www.youtube.com:443/watch?v=Fh0erry_Qx4") is not None
