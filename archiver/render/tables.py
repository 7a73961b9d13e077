"""Tables of an article, each in a frame of its own that scrolls sideways where the page is narrow."""

import re

# A tag as html5ever writes it, which makes all HTML of articles: an attribute's value is in double quotes and may
# hold a bare `<` or `>`.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:\s[^\s=>\"]+(?:=\"[^\"]*\")?)*\s*>")

_FRAME = '<div class="wide" role="group" aria-label="Table" tabindex="0">'


def frame_tables(html: str) -> str:
    """The safe HTML with each table in a frame that the keyboard reaches; tables in tables too.

    >>> frame_tables('<p title="<table>">a</p><table><tr><td>b</td></tr></table>')[:70]
    '<p title="<table>">a</p><div class="wide" role="group" aria-label="Tab'
    """
    return _TAG.sub(_framed, html) if "<table" in html else html


def _framed(tag: re.Match[str]) -> str:
    if tag[2] != "table":
        return tag[0]
    return f"{tag[0]}</div>" if tag[1] else f"{_FRAME}{tag[0]}"
