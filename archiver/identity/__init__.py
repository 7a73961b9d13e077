"""Identity: which post and which account embeds speak of, and what all embeds of one together say.

Posts and authors are derived, never stored facts: pure functions over the observations.
"""

from archiver.identity.accounts import fold_renames
from archiver.identity.agreement import certain_moment, moment_of
from archiver.identity.flags import fold_flags
from archiver.identity.fold import fold_author, fold_post, text_origin
from archiver.identity.ids import author_id, decoded_time, identify, post_id
from archiver.identity.orphans import KnownTexts, Span, find_orphans, find_places, know_texts
from archiver.identity.resolve import Known, Marker, Told, choose, is_claim, known_of, marker_of, resolve, weigh
from archiver.identity.sights import Sight

__all__ = [
    "Known",
    "KnownTexts",
    "Marker",
    "Sight",
    "Span",
    "Told",
    "author_id",
    "certain_moment",
    "choose",
    "decoded_time",
    "find_orphans",
    "find_places",
    "fold_author",
    "fold_flags",
    "fold_post",
    "fold_renames",
    "identify",
    "is_claim",
    "know_texts",
    "known_of",
    "marker_of",
    "moment_of",
    "post_id",
    "resolve",
    "text_origin",
    "weigh",
]
