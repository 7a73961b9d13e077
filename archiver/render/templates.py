"""The templates, and the only place where a string becomes safe HTML."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from archiver.render.names import page_name
from archiver.render.words import apart_words, count_words, date_words, when_words
from archiver.sanitize import showable

GENERATOR = "archiver"
"""The content of each page's `<meta name="generator">`: what lets a later run know its own pages."""

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'"
)
CSP_WITH_SCRIPT = CSP.replace("style-src", "script-src 'self'; style-src", 1)
"""For the pages that can be searched: a script of this folder, and no other."""

STYLES = ("card.css", "page.css", "site.css")
"""The parts of the site's one style sheet, in order: the card, which any page can use alone, text pages, the rest."""


@cache
def templates_folder() -> Path:
    """Where the templates are: in the package when installed from a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "apart": apart_words,
        "count": count_words,
        "date": date_words,
        "page": page_name,
        "when": when_words,
    }
    environment.globals |= {"generator": GENERATOR, "csp": CSP, "csp_with_script": CSP_WITH_SCRIPT}
    return environment


@cache
def templates_digest() -> str:
    """SHA-256 over all templates: two sites with the same one look the same."""
    files = sorted(templates_folder().iterdir())
    return sha256(
        b"".join(file.name.encode() + b"\0" + file.read_bytes() for file in files if file.is_file())
    ).hexdigest()


def site_styles() -> bytes:
    """The one style sheet of the site."""
    return b"\n".join((templates_folder() / name).read_bytes() for name in STYLES)


def script() -> bytes:
    """The script of the pages that can be searched."""
    return (templates_folder() / "search.js").read_bytes()


def fill_template(name: str, values: Mapping[str, Any]) -> str:
    """The template with the values, all escaped but those marked by `safe`; without characters no page may hold."""
    return showable(_environment().get_template(name).render(values))


def safe(html: str) -> Markup:
    """HTML that this package made, or that the sanitiser let through, as such; nothing else may come here."""
    return Markup(html)  # noqa: S704  the one place
