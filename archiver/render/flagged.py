"""The sentence of a flag as HTML: what one text has in place of another is marked as gone and as new."""

import re

from markupsafe import Markup

from archiver.records import Flag
from archiver.render.plain import show
from archiver.render.templates import safe
from archiver.store import FlagEntry

_GONE, _NEW = re.compile(r"\[-(.*?)-\]"), re.compile(r"\{\+(.*?)\+\}")


def flag_words(flag: Flag | FlagEntry) -> Markup:
    """What a flag says, with the words of a difference (`identity.flags.word_diff`) as `<del>` and `<ins>`."""
    html = show(flag.detail)
    if flag.kind == "text":
        html = _NEW.sub(r"<ins>\1</ins>", _GONE.sub(r"<del>\1</del>", html))
    return safe(html)
