"""The body of a Markdown article: rendered, safe, with a slot where each embed stood."""

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt

from archiver.find.frontmatter import match_front_matter
from archiver.records import Embed
from archiver.render.body import safe_body
from archiver.render.plain import render_text
from archiver.render.slots import Tokens, complete

MARKDOWN = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
"""CommonMark with raw HTML, and the tables and strikethrough of GitHub, which most publishing systems take."""

_TOO_DEEP = re.compile(r"^(?:[> \t]{120,}|(?:[-*+] ){40,})", re.MULTILINE)
"""markdown-it leaves out what nests deeper than `maxNesting`."""


def render_markdown(
    content: str,
    embeds: Sequence[Embed],
    *,
    sha256: str,
    title: str | None = None,
    url: str | None = None,
    pictures: Mapping[str, str] | None = None,
) -> str:
    """The Markdown as safe HTML with a slot per embed, in the block where the embed stood; no front matter.

    A first-level heading that repeats `title` is left to the page. Relative links resolve against `url`; `pictures`
    leads from an image's address to its path in the site. Source that nests absurdly deep is shown as it is written.
    """
    tokens = Tokens(sha256)
    source = tokens.put(content, embeds)
    front = match_front_matter(source)
    source = source[front.end() :] if front else source.removeprefix("\ufeff")
    if _TOO_DEEP.search(source):
        return render_text(content, embeds)
    html = safe_body(MARKDOWN.render(source), tokens, title=title, url=url, pictures=pictures or {})
    return complete(html, embeds) if html is not None else render_text(content, embeds)
