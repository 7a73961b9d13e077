"""The bodies of pages that another archive made safe, made safe again: nobody says that it did."""

import re

from archiver.sanitize import sanitize_html

_SLOT = re.compile(r"<!--embed (\d{1,9})-->")
_MARK, _END = "\ufdd0", "\ufdd1"
"""Around the number of a slot: code points that are no characters and never will be (Unicode §23.7)."""


def clean_body(body: str) -> str:
    """The HTML with only what may stay in a page that runs and fetches nothing, and its slots; one that is so is not
    changed.

    >>> clean_body("<p>Hi</p><!--embed 1--><script>x()</script>")
    '<p>Hi</p><!--embed 1-->'
    """
    marked = _SLOT.sub(rf"{_MARK}\1{_END}", body.replace(_MARK, "").replace(_END, ""))
    return re.sub(f"{_MARK}(\\d+){_END}", r"<!--embed \1-->", sanitize_html(marked))
