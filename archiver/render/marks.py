"""The marks of the platforms: a small sign drawn for each, none of them a logo."""

from archiver.platforms import BY_NAME

MARKS: dict[str, str] = {
    "instagram": "M11 9.5h14v17H11zM11 21.5h14",  # a print with its white border
    "twitter": "M9.5 11h17v11.5H18l-4 4v-4H9.5z",  # a short remark
    "facebook": "M18 12c-2.5-1.7-5.5-2-8.5-1.2v13.9c3-.8 6-.5 8.5 1.2 2.5-1.7 5.5-2 8.5-1.2V10.8c-3-.8-6-.5-8.5 1.2z"
    "V25.9",  # an open book
    "bluesky": "M8.5 24.5h19M12 24.5a6 6 0 0 1 12 0M18 11v3M10.2 15.2l2 2M25.8 15.2l-2 2",  # the sun on the horizon
    "dailymotion": "M18 9a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM15.7 14v8l6.3-4z",  # a reel, seen from the side
    "flickr": "M9.5 14h12.5v12.5H9.5zM14 14V9.5h12.5V22H22",  # two prints, one on the other
    "giphy": "M25.5 18.5A7.5 7.5 0 1 1 23.8 13.7M24.3 9.5v4.5h-4.5",  # round and round
    "imgur": "M9 11h18v14.5H9zM9 22l5-5.5 4.5 4.5 2.5-2.5 6 5.5M22.5 15h.01",  # a landscape in its frame
    "linkedin": "M9.5 14h17v12h-17zM14.5 14v-3h7v3M9.5 19.5h17",  # a briefcase
    "mastodon": "M18 9a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM11.5 22a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM24.5 22a2 2 0 1 1 0 4 2 2 0 0"
    " 1 0-4zM17.1 12.8l-4.7 9.4M18.9 12.8l4.7 9.4M13.5 24h9",  # servers that know each other
    "pinterest": "M14.5 9.5h7M15.5 9.5v6.5l-3 3.5h11l-3-3.5V9.5M18 19.5v7.5",  # a drawing pin
    "reddit": "M14 26V11.5M10 15.5l4-4 4 4M22 10v14.5M18 20.5l4 4 4-4",  # up and down
    "snapchat": "M12 9.5h12M12 26.5h12M13.5 9.5c0 4.5 9 12 9 17M22.5 9.5c0 4.5-9 12-9 17",  # an hourglass
    "soundcloud": "M10 16v4M14 12.5v11M18 9.5v17M22 13.5v9M26 16v4",  # a wave of sound
    "spotify": "M15.5 23.5V12l9-2v11.5M15.5 23.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM24.5 21.5a2.5 2.5 0 1 1-5 0"
    " 2.5 2.5 0 0 1 5 0z",  # two notes
    "telegram": "M18 18h.01M14.2 14.2a5.4 5.4 0 0 0 0 7.6M21.8 14.2a5.4 5.4 0 0 1 0 7.6M11 11a9.9 9.9 0 0 0 0 14"
    "M25 11a9.9 9.9 0 0 1 0 14",  # a mast that broadcasts
    "threads": "M9.5 13c2.8-2.5 5.7 2.5 8.5 0s5.7 2.5 8.5 0M9.5 18c2.8-2.5 5.7 2.5 8.5 0s5.7 2.5 8.5 0"
    "M9.5 23c2.8-2.5 5.7 2.5 8.5 0s5.7 2.5 8.5 0",  # three threads
    "tiktok": "M12.5 8.5h11v19h-11zM16.5 15v6l4.5-3z",  # a film held upright
    "truthsocial": "M9.5 16v4.5h3l9 4.5V11.5l-9 4.5zM25 15.5a4.5 4.5 0 0 1 0 5.5",  # a loudhailer
    "tumblr": "M11 9h14v18H11zM14.5 13.5h7M14.5 18h7M14.5 22.5h4",  # a page of a diary
    "twitch": "M9 11h18v12H9zM14 27h8M18 23v4M18 17h.01",  # a set, on air
    "vimeo": "M9.5 10.5h17v15h-17zM13.5 10.5v15M22.5 10.5v15M9.5 15.5h4M9.5 20.5h4M22.5 15.5h4M22.5 20.5h4",
    "vk": "M18 9.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM9.8 26.5c.4-4 3.7-6 8.2-6s7.8 2 8.2 6",  # somebody
    "youtube": "M14.5 9v11l9-5.5zM9 25.5h18M14.5 23.5v4",  # play, and how far it is
}
"""Platform → the sign as the path data of SVG, in a square of 36 with a margin of 9, to be drawn as a line."""

NOUN_MARKS: dict[str, str] = {
    "post": "M10.5 13h15M10.5 18h15M10.5 23h9",
    "video": "M14 11v14l10.5-7z",
    "recording": MARKS["soundcloud"],
}
"""Noun → the sign of a platform that has none of its own."""


def mark_of(platform: str) -> str:
    """The path data of a platform's sign, of its noun's where it has none."""
    known = BY_NAME.get(platform)
    return MARKS.get(platform) or NOUN_MARKS.get(known.noun if known else "post", NOUN_MARKS["post"])
