"""Front matter: the metadata between two fences that Markdown of site generators begins with."""

import re

LARGEST_FRONT_MATTER = 64 * 1024
"""Characters. PyYAML reads a megabyte a second; a real front matter has a few hundred characters."""

FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)^\+\+\+)[ \t]*(?:\r?\n|\r?\Z)",
    re.DOTALL | re.MULTILINE,
)


def match_front_matter(content: str) -> re.Match[str] | None:
    """The YAML (`---`, group `yaml`) or TOML (`+++`, group `toml`) that a text begins with."""
    return FRONT_MATTER.match(content, 0, LARGEST_FRONT_MATTER)


def front_matter_end(content: str) -> int:
    r"""Where the text begins behind front matter; 0 where there is none.

    >>> front_matter_end("+++\ntitle = 'Boats'\n+++\nText"), front_matter_end("Text")
    (24, 0)
    """
    match = match_front_matter(content)
    return match.end() if match else 0
