"""Styles for foreign pages: of a stylesheet the rules that are about one thing, with names that nothing else has."""

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(?=[A-Za-z_])")
_REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")
_RESET = (
    "{card},{card} :not(svg,svg *){{all:revert;box-sizing:border-box}}{card}{{display:block;color:var(--ink,inherit)}}"
)
ROOT_PIXELS = 16
"""The initial size of a page's text (CSS Fonts §3.5, `medium`): what `1rem` is where no page says otherwise."""


def scoped_styles(css: str, *, card: str, prefix: str) -> str:
    """The rules of `css` whose selector has the class `card`, and the variables of `:root` as the card's own.

    Each class gets the `prefix`. What a page's stylesheet says of elements is undone first, and sizes in `rem` become
    pixels, since both mean the page that the card stands in. Whether it is dark is left to that page, too.
    """
    scope = f".{prefix}{card[1:]}"
    rules = "".join(_scoped(_COMMENT.sub("", css), card, prefix, scope))
    return _RESET.format(card=scope) + _REM.sub(_pixels, rules)


def _scoped(css: str, card: str, prefix: str, scope: str) -> Iterator[str]:
    for selector, body in _rules(css):
        if selector.startswith("@"):
            if inner := "".join(_scoped(body, card, prefix, scope)):
                yield f"{selector}{{{inner}}}"
        elif selector == ":root":
            yield f"{scope}{{{_declarations(re.sub(r'color-scheme:[^;]*;?', '', body))}}}"
        else:
            wanted = [
                part.strip() for part in _parts(selector) if re.match(rf"{re.escape(card)}(?![\w-])", part.strip())
            ]
            if wanted:
                named = ",".join(_CLASS.sub(f".{prefix}", part) for part in wanted)
                yield f"{named}{{{_declarations(body)}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules in order: what stands before the braces, and what in them, which may be rules again."""
    position = 0
    while (opening := css.find("{", position)) >= 0:
        depth, end = 1, opening + 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield " ".join(css[position:opening].split()), css[opening + 1 : end - 1].strip()
        position = end


def _parts(selector: str) -> list[str]:
    """The selectors of a list; commas in parentheses part nothing."""
    return re.split(r",(?![^(]*\))", selector)


def _declarations(body: str) -> str:
    return ";".join(
        re.sub(r"\s*:\s*", ":", " ".join(part.split()), count=1) for part in body.split(";") if part.strip()
    )


def _pixels(found: re.Match[str]) -> str:
    return f"{float(found[1]) * ROOT_PIXELS:g}px"
