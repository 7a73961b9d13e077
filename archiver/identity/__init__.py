"""Identity: which post and which account embeds speak of, and what all embeds of one together say.

Posts and authors are derived, never stored facts: pure functions over the observations.
"""

from archiver.identity.accounts import fold_names, fold_renames
from archiver.identity.flags import fold_flags
from archiver.identity.fold import fold_author, fold_post, text_origin
from archiver.identity.ids import author_id, decoded_time, identify, post_id
from archiver.identity.resolve import Known, Marker, known_of, marker_of, resolve
from archiver.identity.sights import Sight

__all__ = [
    "Known",
    "Marker",
    "Sight",
    "author_id",
    "decoded_time",
    "fold_author",
    "fold_flags",
    "fold_names",
    "fold_post",
    "fold_renames",
    "identify",
    "known_of",
    "marker_of",
    "post_id",
    "resolve",
    "text_origin",
]
