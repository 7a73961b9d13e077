"""Drafts: pages before they are filled, so that one which would say what it said before need not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from archiver.render.templates import fill_template


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A page of the site: its name, its template, and the values that this is filled with.

    `values` are plain data (records, tuples, mappings, strings, numbers): two that print the same are the same.
    """

    name: str
    template: str
    section: str
    values: Mapping[str, Any]

    @property
    def root(self) -> str:
        """The way from the page to the folder of the site."""
        return "../" * self.name.count("/")

    def digest(self) -> str:
        """What changes when the page would; the templates left aside."""
        return sha256(repr((self.template, self.section, self.values)).encode()).hexdigest()[:16]

    def html(self) -> str:
        """The page."""
        return fill_template(self.template, {"section": self.section, "root": self.root, **self.values})
