"""Identity: which post and which account embeds speak of, and what all embeds of one together say.

Posts and authors are derived, never stored facts: pure functions over the observations.
"""

from archiver.identity.fold import fold_author, fold_post, text_origin
from archiver.identity.ids import author_id, identify, post_id

__all__ = ["author_id", "fold_author", "fold_post", "identify", "post_id", "text_origin"]
