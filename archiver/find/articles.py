"""The finder: looks before it parses, then puts together what the other modules of this package find."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from archiver.find.code import code_spans
from archiver.find.embeds import from_marked, from_remains, from_standalone, numbered
from archiver.find.flattened import WORDS, find_remains
from archiver.find.grammar import LEAD_WORDS
from archiver.find.handles import find_handles
from archiver.find.inline_code import InlineCode
from archiver.find.leads import LEAD_REACH, Lead, find_leads, is_open, lead_at
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.markup import find_marked, is_traced
from archiver.find.needles import find_all, utf8
from archiver.find.patched import patched_spans
from archiver.find.phrases import holds_phrase
from archiver.find.prefilter import may_hold_embeds, prints_handle
from archiver.find.quoted import Quotes, is_indented
from archiver.find.remains import Remains
from archiver.find.spans import Span, Spans
from archiver.find.standalone import find_addresses, find_shortcodes
from archiver.find.state import Stated, find_stated
from archiver.find.twins import without_credits, without_twins
from archiver.find.view import BARRIER, View, overlapping, view_markdown, view_page, view_text
from archiver.platforms import BY_NAME
from archiver.records import Embed, Format

_find_words = find_all(WORDS)
_BARE_ADDRESS = re.compile(r"[>\n][ \t]{0,200}+https?://")
_AT, _LESS, _BRACKET, _BRACE, _SLASH = b"@<[{/"  # as numbers, which bytes are searched for in a third of the time
# How far around an anchor the remains of an embed can reach: a post's text and its wording before it, a date after it.
_BEFORE, _AFTER = 640, 320
_NOTHING = Spans(())


def find_embeds(source: str, format: Format) -> list[Embed]:  # noqa: A002 (the contract's word)
    """The embeds of an article in document order, none overlapping another.

    `source` is the decoded article; `start` and `end` of each embed count its characters, so that
    `source[start:end] == marker`. Never raises, whatever the text; takes linear time.
    """
    if format == "html":
        found = _apart(_find_in_page(source)) if may_hold_embeds(source) else []
    else:
        found = _find_in_text(source, format)
    return numbered(found) if found else found


def _apart(found: list[Embed]) -> list[Embed]:
    """The embeds in order, without those that begin inside another."""
    if len(found) < 2:
        return found
    if all(one.start <= one.end <= other.start for one, other in pairwise(found)):
        return found
    kept: list[Embed] = []
    for embed in sorted(found, key=lambda embed: (embed.start, -embed.end)):
        if not kept or embed.start >= kept[-1].end:
            kept.append(embed)
    return kept


# Text and Markdown


_Read = tuple[Embed, Remains, View]
"""What is left of an embed, and where it was read."""


def _find_in_text(source: str, format: Format) -> list[Embed]:  # noqa: A002
    data = utf8(source)
    words = _find_words(source, data)
    handles = find_handles(source) if _AT in data else []
    found = _find_written(source, data, format)
    if not (words or handles or found):
        return []
    leading = [word for word in words if source.startswith(LEAD_WORDS, word)]
    leads = {word: lead for word in leading if (lead := lead_at(source, word))}
    others = sorted({*words}.difference(leading)) if len(leading) < len(words) else []
    anchors = sorted([*handles, *leads, *others])
    if not (anchors or found):
        return []
    cards = patched_spans(source, format)
    patched = Spans(cards)
    code = code_spans(source, format)
    if cards:
        code = [*cards, *(span for span in code if not patched.overlaps(*span))]
    inline = InlineCode(source, code) if code else None
    if inline and found:
        in_code, blocks = Spans(code), Spans(inline.blocks)
        found = [embed for embed in found if not _is_code(embed, in_code, blocks)]
    written = Spans((embed.start, embed.end) for embed in _apart(found)) if found else _NOTHING
    taken = Spans([*code, *written]) if code else written
    holes = Spans([*inline.blocks, *written]) if inline else written
    inline = inline if inline and inline.spans else None
    if inline:
        anchors = inline.spans.clear_of(anchors)
        leads = {word: leads[word] for word in inline.spans.clear_of(list(leads))}
    view_of = view_markdown if format == "markdown" else view_text
    known = list(leads.values())

    def read(written: str, start: int, end: int) -> Iterator[_Read]:
        """The embeds that a stretch has left, `written` with or without its inline code."""
        view = view_of(written, start, end)
        for remains in find_remains(
            view.text,
            opens_block=start == 0 or source[start - 1] == "\n" or holes.ends_at(start),
            opens_text=start == 0,
            links=view.links,
            leads=_leads_in(view, known, start, end) if _any_between(words, start, end) else [],
            words=_any_between(others, start, end),
        ):
            yield from_remains(source, view, remains, []), remains, view

    floor, quotes, masked = 0, Quotes(), inline.source if inline else source
    for start, end in _windows(source, anchors, known, holes):
        left: Iterable[_Read] = read(masked, start, end)
        if inline:
            left = list(left)
            if not all(inline.is_text_of(embed) for embed, *_ in left):  # but of who signed it
                left = [each for part in _clear_parts(start, end, inline.spans) for each in read(source, *part)]
        for embed, remains, view in left:
            if cards and _is_left_of_card(source, embed, patched):
                continue
            if embed.handle and (format == "markdown" or is_indented(source, embed.end)):
                signed = None if remains.signed is None else view.source_start(remains.signed)
                above = max(floor, holes.end_before(embed.start))
                embed = quotes.with_text(masked, embed, format, signed, above)
            found.append(inline.shown_in(embed) if inline else embed)
            floor = embed.end
    if _holds_escaped(source):
        view = view_text(source, 0, len(source))
        found += [embed for embed in _escaped(source, view) if not taken.overlaps(embed.start, embed.end)]
    return without_credits(source, _apart(found)) if len(found) > 1 else found


def _is_code(embed: Embed, code: Spans, blocks: Spans) -> bool:
    """Whether an embed stands in sample code, or reaches over a block of it or a card. A shortcode's own arguments may
    be in backticks (Hugo, "Raw string"), and so may words of an element."""
    around = code.overlapping(embed.start, embed.end)
    if embed.form == "shortcode":
        return any(start < embed.start or embed.end < end for start, end in around)
    return blocks.overlaps(embed.start, embed.end) or any(start <= embed.start for start, _ in around)


def _is_left_of_card(source: str, embed: Embed, patched: Spans) -> bool:
    """Whether an embed is but the end of a post's text, right before the card that stands for its attribution."""
    if embed.rule != "token alone":
        return False
    behind = embed.end + len(source[embed.end : embed.end + 80]) - len(source[embed.end : embed.end + 80].lstrip())
    return patched.overlaps(behind, behind + 1)


def _find_written(source: str, data: bytes, format: Format) -> list[Embed]:  # noqa: A002
    """The elements, shortcodes and addresses in a text; what each begins with is found fastest in its UTF-8."""
    found: list[Embed] = []
    if _LESS in data and is_traced(data):
        tokens = list(lex(source))
        found += without_twins(source, tokens, [from_marked(source, each) for each in find_marked(source, tokens)])
    standalone = find_shortcodes(source, format, data) if _BRACKET in data or _BRACE in data else []
    if _SLASH in data:
        standalone += find_addresses(source)
    return found + [from_standalone(source, each) for each in standalone] if standalone else found


def _leads_in(view: View, known: list[Lead], start: int, end: int) -> list[Lead] | None:
    """The leads of a view, of those that are known of its source; None where they have to be looked for again."""
    if not view.shows(start, end):
        return None
    first, behind = bisect_right(known, start, key=_end_of), bisect_left(known, end, key=_start_of)
    inside = known[first:behind]
    if any(lead.start < start or end < lead.end for lead in inside):
        return None
    return [Lead(lead.platform, lead.language, lead.start - start, lead.end - start) for lead in inside]


def _any_between(positions: list[int], start: int, end: int) -> bool:
    index = bisect_left(positions, start)
    return index < len(positions) and positions[index] < end


def _windows(source: str, anchors: list[int], leads: list[Lead], taken: Spans) -> Iterator[Span]:
    """The stretches of a text that may hold remains: around each anchor, clear of what is taken."""
    for start, end in _merged(source, anchors, leads):
        yield from _clear_parts(start, end, taken)


def _clear_parts(start: int, end: int, taken: Spans) -> Iterator[Span]:
    """The parts of a stretch that are clear of what is taken."""
    for hole_start, hole_end in taken.overlapping(start, end):
        if start < hole_start:
            yield start, hole_start
        start = max(start, hole_end)
    if start < end:
        yield start, end


def _merged(source: str, anchors: list[int], leads: list[Lead]) -> Iterator[Span]:
    """Windows around anchors, joined where they touch, or where the earlier has a lead whose tail may be the later."""
    index = 0
    while index < len(anchors):
        start, end = max(0, anchors[index] - _BEFORE), anchors[index] + _AFTER
        while True:
            # All that reach into the window so far are jumped over at once.
            index = bisect_right(anchors, end + _BEFORE, index)
            reached, end = end, max(end, anchors[index - 1] + _AFTER)
            if end > reached:
                continue
            gap = anchors[index] - _BEFORE - end if index < len(anchors) else LEAD_REACH
            if gap >= LEAD_REACH or not _leaves_open(source, leads, start, min(end, len(source))):
                break
            end = anchors[index] + _AFTER
        yield start, min(end, len(source))


def _leaves_open(source: str, leads: list[Lead], start: int, end: int) -> bool:
    """Whether the last lead of a stretch, if it has one, is without its tail there."""
    index = bisect_right(leads, end, key=_end_of) - 1
    return index >= 0 and leads[index].start >= max(start, end - LEAD_REACH) and is_open(source, leads[index], end)


def _start_of(lead: Lead) -> int:
    return lead.start


def _end_of(lead: Lead) -> int:
    return lead.end


# Pages


def find_refused(source: str) -> list[Stated]:
    """The embed code in the state of a page that is none of the article, in document order, with the reason."""
    return [each for each in _read_page(source)[1] if each.refused] if may_hold_embeds(source) else []


def _find_in_page(source: str) -> list[Embed]:
    shown, stated = _read_page(source)
    return [*shown, *(each.embed for each in stated if not each.refused)]


def _read_page(source: str) -> tuple[list[Embed], list[Stated]]:
    """The embeds that a page's markup has, and the embed code in its state."""
    patched = Spans(patched_spans(source, "html"))
    tokens = _with_patched(list(lex(source)), patched)
    shown = _apart(_find_shown(source, tokens, patched))
    return shown, find_stated(source, tokens, shown, list(patched))


def _find_shown(source: str, tokens: list[Tag | Opaque], patched: Spans) -> list[Embed]:
    marked = [each for each in find_marked(source, tokens) if not patched.overlaps(each.start, each.end)]
    found = [from_marked(source, each) for each in marked]
    found = without_twins(source, tokens, found)
    known = Spans([*patched, *((embed.start, embed.end) for embed in _apart(found))])
    if not _has_more_to_read(source, known):
        return found
    view = view_page(source, tokens, list(known))
    # A token without attribution stands in feeds and widgets here: an embed would still have its markup.
    quotes, behind = _quotes(tokens), 0
    for remains in find_remains(view.text, lone_tokens=False, links=view.links):
        quoted = _with_quote(view, remains, quotes, behind) if quotes else remains
        found.append(from_remains(source, view, quoted, tokens))
        behind = remains.end
    found += [*_standalone_in_page(source, view), *_escaped(source, view)]
    found = [embed for embed in found if not patched.overlaps(embed.start, embed.end)]
    return without_credits(source, _apart(found), tokens)


def _quotes(tokens: list[Tag | Opaque]) -> list[Span]:
    """What stands inside the quotes of a page, each behind those that it holds."""
    quotes: list[Span] = []
    opened: list[int] = []
    for token in tokens:
        if isinstance(token, Tag) and token.name == "blockquote":
            if not token.closes:
                opened.append(token.end)
            elif opened:
                quotes.append((opened.pop(), token.start))
    return quotes


def _with_quote(view: View, remains: Remains, quotes: list[Span], floor: int) -> Remains:
    """The remains with all that stands before their attribution in the same quote, and nothing that stands outside."""
    if not BY_NAME[remains.platform].text_limits:
        return remains
    signed = remains.start if remains.signed is None else remains.signed
    position = view.source_start(signed)
    index = bisect_left(quotes, position, key=_quote_end)
    if index == len(quotes) or not quotes[index][0] <= position:
        return remains
    start = max(floor, bisect_left(range(signed), quotes[index][0], key=view.source_start))
    text = view.text[start:signed]
    if BARRIER in text or len(text) > LEAD_REACH:
        return remains
    start += len(text) - len(text.lstrip())
    return remains._replace(start=start, text=text.strip() or None, signed=signed)


def _quote_end(quote: Span) -> int:
    return quote[1]


def _with_patched(tokens: list[Tag | Opaque], patched: Spans) -> list[Tag | Opaque]:
    """The tokens, each stretch that is patched one of them, in place of those inside."""
    spans = list(patched)
    if not spans:
        return tokens
    outside = [token for token in tokens if not patched.overlaps(token.start, token.end)]
    return sorted([*outside, *(Opaque("known", *span) for span in spans)], key=lambda token: token.start)


_ESCAPED = re.compile(r"&lt;(?:blockquote|iframe|amp-)", re.IGNORECASE)


def _holds_escaped(source: str) -> bool:
    return "&" in source and _ESCAPED.search(source) is not None


def _escaped(source: str, view: View) -> Iterator[Embed]:
    """Embed code that a page shows as text, because something escaped it: read as if it were not."""
    if not _holds_escaped(source):
        return
    for marked in find_marked(view.text, list(lex(view.text))):
        start, end = view.source_start(marked.start), view.source_end(marked.end)
        embed = from_marked(view.text, marked)
        yield replace(embed, start=start, end=end, marker=source[start:end])


def _has_more_to_read(source: str, known: Spans) -> bool:
    """Whether a page holds, outside its embed elements, a printed handle, a lead, words of a platform, or an address
    that stands in no attribute."""
    if _holds_escaped(source) or find_shortcodes(source, "html"):
        return True
    if any(not known.overlaps(lead.start, lead.end) for lead in find_leads(source)):
        return True
    return any(
        prints_handle(source, start, end)
        or _BARE_ADDRESS.search(source, start, end)
        or holds_phrase(source, start, end)
        for start, end in known.gaps(len(source))
    )


def _standalone_in_page(source: str, view: View) -> Iterator[Embed]:
    for each in [*find_shortcodes(view.text, "html"), *find_addresses(view.text)]:
        if not overlapping(view.links, each.start, each.end):
            start, end = view.source_start(each.start), view.source_end(each.end)
            yield from_standalone(source, each._replace(start=start, end=end))
