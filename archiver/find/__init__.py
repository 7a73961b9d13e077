"""Finding: from an article's source to its embeds, without reading or writing anything else."""

from archiver.find.articles import find_embeds

__all__ = ["find_embeds"]
