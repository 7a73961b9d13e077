"""The sentence of a flag as HTML: what one text has in place of another is marked as gone and as new."""

import re

from markupsafe import Markup

from archiver.records import Flag
from archiver.render.plain import show
from archiver.render.templates import safe
from archiver.render.words import when_words
from archiver.store import FlagEntry

# What stands in quotation marks is printed so: it stays as it is.
_TIME = re.compile(
    r"“[^”]*”|(?P<at>\b\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?Z)?)?)(?![\w-])"
)
_GONE, _NEW = re.compile(r"\[-(.*?)-\]"), re.compile(r"\{\+(.*?)\+\}")


def flag_words(flag: Flag | FlagEntry) -> Markup:
    """What a flag says: the words of a difference (`flags.word_diff`) as `<del>` and `<ins>`, days and moments as
    people write them."""
    html = show(flag.detail)
    if flag.kind == "text":
        return safe(_NEW.sub(r"<ins>\1</ins>", _GONE.sub(r"<del>\1</del>", html)))
    return safe(_TIME.sub(_written, html) if flag.kind in ("time", "age") else html)


def _written(found: re.Match[str]) -> str:
    at = found["at"]
    return f'<data value="{at}">{when_words(at)}</data>' if at else found[0]
