"""Exports: an archive in the formats of other programs, one module a format."""

from archiver.exports.formats import EXPORTS, Export

__all__ = ["EXPORTS", "Export"]
