"""Attributions: what stands around a handle and says whose a post was, and when it was posted."""

import re
from collections.abc import Sequence

from archiver.find.attribution_parts import LINE_REACH
from archiver.find.dashed_attributions import dashed_attribution
from archiver.find.handles import Anchor
from archiver.find.leads import Lead
from archiver.find.remains import Remains
from archiver.find.unworded_attributions import unworded_attribution
from archiver.find.view import Link
from archiver.find.worded_attributions import worded_attribution

_DASH_OR_DIGIT = re.compile(r"[\d—―−–\x97€\ufffd-]")  # without one before a handle or behind it there is no attribution


def attribution_at(
    text: str, anchor: Anchor, floor: int, leads: list[Lead], links: Sequence[Link], *, in_code: bool
) -> Remains | None:
    """The attribution around a handle that begins behind `floor`, in the first of the kinds that it is of.

    `leads` and `links` are the text's, in order; `in_code` says whether the text is that of a platform's own code.
    """
    has_room = anchor.bare or anchor.reach < anchor.start  # for words before the handle, or for a name
    remains = worded_attribution(text, anchor, floor, leads) if has_room else None
    if remains is None and (leads or links or _DASH_OR_DIGIT.search(text, anchor.reach, anchor.end + LINE_REACH)):
        remains = dashed_attribution(text, anchor, floor, links, in_code=in_code)
        remains = remains or unworded_attribution(text, anchor, floor, leads, links)
    return remains
