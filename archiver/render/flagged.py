"""The sentence of a flag as HTML: what one text has in place of another is marked as gone and as new."""

import re

from markupsafe import Markup

from archiver.records import Flag
from archiver.render.plain import show
from archiver.render.templates import safe
from archiver.render.words import when_words
from archiver.store import FlagEntry

_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{3})?)?Z")
_GONE, _NEW = re.compile(r"\[-(.*?)-\]"), re.compile(r"\{\+(.*?)\+\}")


def flag_words(flag: Flag | FlagEntry) -> Markup:
    """What a flag says: the words of a difference (`flags.word_diff`) as `<del>` and `<ins>`, moments as people
    write them."""
    html = _MOMENT.sub(lambda found: f'<data value="{found[0]}">{when_words(found[0])}</data>', show(flag.detail))
    if flag.kind == "text":
        html = _NEW.sub(r"<ins>\1</ins>", _GONE.sub(r"<del>\1</del>", html))
    return safe(html)
