"""Finding: from an article's source to its embeds, without reading or writing anything else."""

from archiver.find.articles import find_embeds
from archiver.find.explain import Candidate, explain_embeds

__all__ = ["Candidate", "explain_embeds", "find_embeds"]
