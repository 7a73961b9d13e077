"""Finding: what of an article is an embed, where it begins and ends, and what can be read from it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.records import Embed, Format

FORMATS: tuple[Format, ...] = ("text", "markdown", "html")
STATUS = "1311875027000000512"
STATUS_URL = f"https://twitter.com/northpilots/status/{STATUS}"
POST_URL = "https://www.instagram.com/p/CF1tGabcdef/"
TAIL = "A post shared by Ines Okafor (@ines.okafor) on Oct 2, 2020 at 4:16am PDT"
LEAD = "View this post on Instagram"
LINE = "— Mara Lind (@maralind) December 24, 2016"


def the_embed(source: str, format_: Format = "text") -> Embed:
    """The only embed of a source."""
    (embed,) = find_embeds(source, format_)
    return embed


def markers(source: str, format_: Format = "text") -> list[str]:
    """The markers of all embeds of a source."""
    return [embed.marker for embed in find_embeds(source, format_)]


# Instagram, flattened


TAILS: list[tuple[str, dict[str, Any]]] = [
    (TAIL, {"handle": "ines.okafor", "author_name": "Ines Okafor", "posted_at": "2020-10-02T11:16Z"}),
    ("A photo posted by Jo (@jo_) on Dec 6, 2015 at 1:50pm PST", {"handle": "jo_", "posted_at": "2015-12-06T21:50Z"}),
    ("A video posted by Jo (@jo_) on Feb 8, 2017 at 9:41am PST", {"handle": "jo_", "posted_at": "2017-02-08T17:41Z"}),
    ("A post shared by Jo (@jo_)", {"author_name": "Jo", "posted_at": None, "posted_text": None, "precision": None}),
    ("A post shared by Jo (@jo_) on", {"author_name": "Jo", "posted_at": None}),
    ("A post shared by @jo_ on Sep 18, 2016 at 4:03pm PDT", {"author_name": None, "posted_at": "2016-09-18T23:03Z"}),
    ("A post shared by @jo_", {"handle": "jo_", "author_name": None}),
    ("A post shared by Jo (@jo. li) on Oct 2, 2020", {"handle": "jo.li", "posted_at": "2020-10-02"}),
    ("A post shared by Jo (@jo. li. tv) on Oct 2, 2020", {"handle": "jo.li.tv", "posted_at": "2020-10-02"}),
    ("A post shared by Jo (@jo. _. li) on Oct 2, 2020", {"handle": "jo._.li", "posted_at": "2020-10-02"}),
    ("A post shared\nby Jo\n(@jo_)\non Oct 2,\n2020 at 4:16am\nPDT", {"author_name": "Jo", "precision": "minute"}),
    ("Una publicación compartida por Jo (@jo_) el 4 Jun, 2019 a las 7:36 PDT", {"language": "es", "precision": "day"}),
    ("Ein Beitrag geteilt von Jo (@jo_) am Mär 12, 2018 um 11:34 PDT", {"language": "de", "posted_at": "2018-03-12"}),
]


@pytest.mark.parametrize(("tail", "expected"), TAILS)
def test_a_flattened_tail_is_read(tail: str, expected: dict[str, Any]) -> None:
    """The tail of every era between two paragraphs: the whole of it, and what it says."""
    embed = the_embed(f"Rain fell.\n\n{tail}\n\nThen it stopped.")
    assert embed.marker == tail
    assert {name: getattr(embed, name) for name in expected} == expected


@pytest.mark.parametrize("format_", FORMATS)
def test_glued_prose_is_not_of_the_embed(format_: Format) -> None:
    """What a flattener glued before the tail and behind its zone stays outside."""
    assert markers(f"at the quay.{TAIL}Then the harbour master spoke.", format_) == [TAIL]


@pytest.mark.parametrize(
    ("between", "text"),
    [
        (" ", None),
        ("", None),
        ("\n" * 25, None),
        (". ", None),
        ("Low tide at last 🌊", "Low tide at last 🌊"),
        (" Low tide\n\nand high spirits. ", "Low tide\n\nand high spirits."),
        (" With @mara.lind and tod@s ", "With @mara.lind and tod@s"),
        (f" {'Low tide again. ' * 130}", ("Low tide again. " * 130).strip()),
    ],
)
def test_the_caption_stands_between_lead_and_tail(between: str, text: str | None) -> None:
    """Lead, caption and tail are one embed, however far apart, and what stands between is the post's text."""
    embed = the_embed(f"Rain fell.\n\n{LEAD}{between}{TAIL}\n\nThen it stopped.")
    assert embed.marker == f"{LEAD}{between}{TAIL}"
    assert embed.text == text


def test_a_lead_too_far_from_its_tail_is_alone() -> None:
    """More than a caption can have between lead and tail makes them two."""
    assert markers(f"{LEAD}\n\n{'Prose goes on. ' * 300}\n\n{TAIL}") == [LEAD, TAIL]


def test_a_lead_in_a_sentence_is_no_embed() -> None:
    """A lead counts alone only where its line ends with it."""
    assert markers(f"Tap on {LEAD} to see more of it.") == []


def test_a_tail_printed_twice_is_one_embed() -> None:
    """The same tail directly behind itself is the same embed."""
    assert markers(f"{TAIL}\n{TAIL}\n\nMore.") == [f"{TAIL}\n{TAIL}"]


def test_a_post_embedded_twice_is_two_embeds() -> None:
    """The same post with its lead again is another embed."""
    assert markers(f"{LEAD} {TAIL}\n\n{LEAD} {TAIL}") == [f"{LEAD} {TAIL}"] * 2


def test_two_posts_of_one_author_stay_two() -> None:
    """Two tails of one handle with different times are two embeds."""
    other = TAIL.replace("4:16am", "5:17am")
    assert markers(f"{TAIL}\n\n{other}") == [TAIL, other]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("source", [LEAD, f"{TAIL.partition(' on ')[0]} on", TAIL.replace(" ", "\n", 9), LINE])
def test_line_ends_of_windows_are_line_ends(source: str, newline: str) -> None:
    """What a line's end decides is the same with a carriage return before it."""
    source = source.replace("\n", newline)
    text = f"Rain fell.{newline}{newline}{source}{newline}{newline}Then it stopped."
    assert [source in marker for marker in markers(text)] == [True]


# X, flattened


LINES: list[tuple[str, str, dict[str, Any]]] = [
    ("Night shift. ", LINE, {"handle": "maralind", "author_name": "Mara Lind", "posted_at": "2016-12-24"}),
    ("Night shift.", LINE, {"author_name": "Mara Lind", "precision": "day", "posted_text": "December 24, 2016"}),
    ("Night shift.\n", "– Mara Lind (@maralind) 24. Dezember 2016", {"posted_at": "2016-12-24"}),
    ("Night shift.\n", "- Mara Lind (@maralind) 24 décembre 2016", {"posted_at": "2016-12-24"}),
    ("Night shift.\n", "\x97 Mara Lind (@maralind) December 24, 2016", {"author_name": "Mara Lind"}),
    ("Night shift.\n", "\ufffd Mara Lind (@maralind) December 24, 2016", {"author_name": "Mara Lind"}),
    ("Night shift.\n", "&mdash; Mara Lind (@maralind) December 24, 2016", {"author_name": "Mara Lind"}),
    ("Night shift. -- Two on watch ", LINE, {"author_name": "Mara Lind"}),
    ("Night shift. ", "— ABC 9 - Harbour (@maralind) May 1, 2019", {"author_name": "ABC 9 - Harbour"}),
    ("Night shift.\n", "Mara Lind (@maralind) 24 december 2016", {"author_name": "Mara Lind"}),
    ("Night shift.\n\n", "— Mara Lind\n(@maralind) December\n24, 2016", {"posted_at": "2016-12-24"}),
    ("So https://t.co/aB3dEf6hIj", LINE, {"author_name": "Mara Lind"}),
    ("So pic.twitter.com/Ab3dEf6hIj ", "— Mara Lind (@maralind)", {"posted_at": None}),
]


@pytest.mark.parametrize(("before", "line", "expected"), LINES)
def test_an_attribution_is_read(before: str, line: str, expected: dict[str, Any]) -> None:
    """The line below a status, with each dash it may have or none: the whole of it, and what it says."""
    embed = the_embed(f"{before}{line}\n\nThen it stopped.")
    assert embed.marker.endswith(line)
    assert {name: getattr(embed, name) for name in expected} == expected


@pytest.mark.parametrize("behind", ["Updated at noon", " Follow", ":", "\nFollow", ".", ""])
def test_what_follows_a_date_is_not_of_it(behind: str) -> None:
    """Buttons and prose glued behind the date stay outside."""
    assert markers(f"Night shift. {LINE}{behind}") == [f"Night shift. {LINE}"]


@pytest.mark.parametrize("token", ["pic.twitter.com/Ab3dEf6hIj", "pic.x.com/Ab3dEf6hIj", "pic.twitter.com/Ab3dEf6h"])
def test_a_token_alone_is_an_embed(token: str) -> None:
    """The address of a picture is left by nothing but a status, glued to its last word or not."""
    assert markers(f"Der Deich hält.{token} Am Morgen danach.") == [token]


@pytest.mark.parametrize("between", [" ", "\n\n", " https://t.co/aB3dEf6hIj ", ""])
def test_a_token_before_an_attribution_is_the_same_embed(between: str) -> None:
    """A token and the attribution behind it make one embed, known by the attribution."""
    source = f"Night shift. pic.twitter.com/Ab3dEf6hIj{between}{LINE}"
    assert [LINE in marker for marker in markers(source)] == [True]


# The text of a post before its attribution


SHORT, LONG = "Night shift, all hands.", "The harbour office said that it would not speak of it again. " * 6


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", SHORT),
        ("Rain fell on the quay.\n\n", SHORT),
        (f"{LONG}\n", SHORT),
        (f"{LONG}\n\n5.\n", SHORT),
        (f"{LINE}\n", SHORT),
        ("A first line of it.\n", f"A first line of it.\n{SHORT}"),
    ],
)
def test_the_lines_before_an_attribution_are_the_posts(before: str, text: str) -> None:
    """As many whole lines as one post can hold are its text, up to an empty line or another embed."""
    embed = find_embeds(f"{before}{SHORT}\n{LINE}\n\nThen it stopped.", "text")[-1]
    assert (embed.text, embed.marker) == (text, f"{text}\n{LINE}")


def test_a_text_whose_edge_is_not_certain_is_left_in_the_article() -> None:
    """In a line too long for a post nothing tells where the post begins: the span begins at the attribution."""
    embed = the_embed(f"{LONG}{SHORT} {LINE}")
    assert (embed.text, embed.marker) == (None, LINE)


def test_a_quote_is_the_posts_text_whatever_its_length() -> None:
    """In Markdown the quote around an attribution tells where the text begins."""
    embed = the_embed(f"Before.\n\n> {LONG}\n>\n> {LINE}\n\nAfter.", "markdown")
    assert embed.text == " ".join(LONG.split())


# Names, as they are


NAMES = [
    *("Harbour | Choir | North", "Women & Rowers (WR)", "Jo (she/her)", "by The Quay", "Based on Tides", "O’Doyle"),
    *("O&#39;Doyle", "Tide&amp;Time", "Rowers🌊🚣", "Ines 👩‍🚀", "˗ˏˋ 𝚓𝚘 ˊˎ˗", "Learn UI/UX", "Le Quay?", "Harbour."),
    *("<b>Jo</b>", "潮@港", "עינס", "jo_", "[Jo]", "Jo *star* _x_", '"Jo"', "$1.00", "\\d+", "{{ jo }}", "%s"),
]
DECODED = {"O&#39;Doyle": "O'Doyle", "Tide&amp;Time": "Tide&Time"}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_all_between_wording_and_handle(name: str) -> None:
    """Pipes, parentheses, emoji, the joining words themselves: a name has them, and entities are read."""
    embed = the_embed(f"A post shared by {name} (@jo_) on Oct 2, 2020 at 4:16am PDT")
    assert (embed.author_name, embed.handle) == (DECODED.get(name, name), "jo_")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "潮@港"])
def test_a_name_is_all_between_dash_and_handle(name: str) -> None:
    """The same of an attribution on X."""
    embed = the_embed(f"Night shift.\n\n— {name} (@jo_) October 2, 2020")
    assert (embed.author_name, embed.handle) == (DECODED.get(name, name), "jo_")


@pytest.mark.parametrize("mark", [*"\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\u00ad"])
def test_invisible_characters_are_of_the_marker_only(mark: str) -> None:
    """Marks without width are in the span, and in neither handle nor name."""
    source = f"A post shared by {mark}Ines{mark} (@{mark}ines{mark}.okafor{mark}) on Oct 2, 2020 at 4:16am PDT"
    embed = the_embed(f"Rain.\n\n{source}\n\nSun.")
    assert embed.marker == source
    assert (embed.author_name, embed.handle, embed.posted_at) == ("Ines", "ines.okafor", "2020-10-02T11:16Z")


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "&nbsp;", "&#160;", "&#xA0;", "\u3000"])
def test_odd_spaces_are_spaces(space: str) -> None:
    """Any kind of space joins the words of a marker."""
    source = TAIL.replace(" ", space)
    embed = the_embed(source)
    assert (embed.marker, embed.author_name, embed.precision) == (source, "Ines Okafor", "minute")


@pytest.mark.parametrize("handle", ["jo", "9jo", "j._.o", "jo.", "_jo_", "quay.jpg", "j" * 30])
def test_a_handle_is_as_printed(handle: str) -> None:
    """Dots, digits and underscores anywhere, up to thirty characters, and no letter changed."""
    assert the_embed(f"A post shared by Jo (@{handle.upper()}) on Oct 2, 2020").handle == handle.upper()


@pytest.mark.parametrize("handle", ["j" * 31, "jo-lind", "jó", "", "jo lind"])
def test_what_is_no_handle_makes_no_embed(handle: str) -> None:
    """A handle that Instagram cannot have given out is none."""
    assert find_embeds(f"A post shared by Jo (@{handle}) and friends", "text") == []


# Markdown


LINKED = [
    f"[{LEAD}]({POST_URL}?utm_source=ig_embed)\n\n[{TAIL}]({POST_URL})",
    f"> [{LEAD}]({POST_URL})\n>\n> {TAIL}",
    f"[\n>\n> {LEAD}\n>\n> ]({POST_URL})\n>\n> {TAIL}",
    f"[ {LEAD} ]({POST_URL}) {TAIL}",
    f"{LEAD}\n\n[{TAIL}]({POST_URL})",
    f"[![{TAIL}](https://example.org/a.jpg)]({POST_URL})",
    f'[{TAIL}]({POST_URL} "a title")',
    f'[A post shared by Ines Okafor (@ines.okafor)]({POST_URL}) on <time datetime="2020-10-02T11:16:31+00:00">'
    "Oct 2, 2020 at 4:16am PDT</time>",
]


@pytest.mark.parametrize("source", LINKED)
def test_a_markdown_link_tells_the_post(source: str) -> None:
    """Lead and tail are one embed with the address of their links, whichever of them is one."""
    embed = the_embed(f"Rain fell.\n\n{source}\n\nThen it stopped.", "markdown")
    assert (embed.native_id, embed.handle, embed.permalink) == ("CF1tGabcdef", "ines.okafor", POST_URL)
    assert embed.marker.rstrip(")") in source


@pytest.mark.parametrize(
    "date",
    [
        f"[December 24, 2016]({STATUS_URL})",
        f"[December 24, 2016]({STATUS_URL}?ref_src=twsrc%5Etfw)",
        f"[December 24, 2016](<{STATUS_URL}>)",
        f"[December\n> 24, 2016]({STATUS_URL})",
        f"December 24, 2016 ({STATUS_URL})",
        "[December 24, 2016][57]",
    ],
)
def test_a_linked_date_tells_the_status(date: str) -> None:
    """The address of the date is the status: inline, wrapped, behind it, or listed at the end."""
    source = f"> Night shift.\n>\n> — Mara Lind (@maralind) {date}\n\nMore.\n\n[57]: {STATUS_URL}\n"
    embed = the_embed(source, "markdown")
    assert (embed.native_id, embed.posted_at, embed.handle) == (STATUS, "2016-12-24", "maralind")
    assert (embed.text, embed.marker) == ("Night shift.", f"Night shift.\n>\n> — Mara Lind (@maralind) {date}")


def test_the_printed_handle_goes_before_the_address() -> None:
    """X shows a status under any handle in its address, so the printed one names the author."""
    embed = the_embed(f"— Mara Lind (@maralind) [December 24, 2016]({STATUS_URL})", "markdown")
    assert (embed.handle, embed.handle_origin) == ("maralind", "marker")


# Addresses and shortcodes


ADDRESSES = [
    (POST_URL, "CF1tGabcdef"),
    ("https://www.instagram.com/reel/CF1tGabcdef/?igshid=1", "CF1tGabcdef"),
    ("https://www.instagram.com/tv/CF1tGabcdef", "CF1tGabcdef"),
    ("http://instagr.am/p/CF1tGabcdef/", "CF1tGabcdef"),
    ("http://instagr.am/reel/CF1tGabcdef/", "CF1tGabcdef"),
    ("https://m.instagram.com/p/CF1tGabcdef/", "CF1tGabcdef"),
    ("https://web.archive.org/web/20201003im_/https://www.instagram.com/p/CF1tGabcdef/", "CF1tGabcdef"),
    (STATUS_URL, STATUS),
    (f"https://x.com/northpilots/status/{STATUS}?s=20", STATUS),
    (f"https://mobile.twitter.com/northpilots/status/{STATUS}", STATUS),
    (f"https://twitter.com/i/web/status/{STATUS}", STATUS),
    (f"https://twitter.com/#!/northpilots/status/{STATUS}", STATUS),
    (f"https://twitter.com/northpilots/statuses/{STATUS}", STATUS),
    (f"https://twitter.com/northpilots/status/{STATUS}/photo/1", STATUS),
]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("url", "native_id"), ADDRESSES)
def test_an_address_alone_in_its_block_is_an_embed(url: str, native_id: str, format_: Format) -> None:
    """Every way to write a post's address, alone on its line or in its paragraph."""
    source = f"<p>Before</p><p>{url}</p><p>After</p>" if format_ == "html" else f"Before\n\n{url}\n\nAfter"
    embed = the_embed(source, format_)
    assert (embed.form, embed.marker, embed.native_id) == ("url", url, native_id)


@pytest.mark.parametrize("source", [f"See {POST_URL}", f"{POST_URL} is it", f"- {STATUS_URL}", "https://x.com/home"])
@pytest.mark.parametrize("format_", FORMATS)
def test_an_address_among_words_is_none(source: str, format_: Format) -> None:
    """An address in a sentence or a list is a link, and a page that is no post is none either."""
    assert markers(f"<p>{source}</p>" if format_ == "html" else source, format_) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://platform.twitter.com/embed/Tweet.html?dnt=true",
        "https://platform.twitter.com/embed/Tweet.html?id=",
        "https://platform.twitter.com/embed/Tweet.html?id=maralind",
        f"https://platform.twitter.com/embed/Tweet.html?id={'9' * 5_000}",
        "https://platform.twitter.com/embed/Tweet.html?id=%3Cscript%3E",
    ],
)
def test_a_parameter_that_is_no_id_names_no_post(url: str) -> None:
    """An embed page's address with anything but an id in its parameter is no embed."""
    assert find_embeds(f'<iframe src="{url}"></iframe>', "html") == []


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("url", [POST_URL, STATUS_URL])
def test_an_embed_shortcode_holds_any_address(url: str, format_: Format) -> None:
    """WordPress's `[embed]` names a post of any platform."""
    source = f'[embed width="400"]{url}[/embed]'
    assert markers(f"Before {source} after", format_) == [source]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_shortcode_in_brackets_once_more_is_shown_as_it_is(format_: Format) -> None:
    """WordPress's way to write about shortcodes."""
    for shortcode in (f"[embed]{STATUS_URL}[/embed]", f"[tweet {STATUS_URL}]"):
        assert markers(f"Write [{shortcode}] there", format_) == []
        assert markers(f"See {shortcode}] there", format_) == [shortcode]


# Pages


@pytest.mark.parametrize("written", ["&#64;", "&#x40;", "&commat;"])
def test_a_handle_may_hide_its_sign_from_robots(written: str) -> None:
    """A page may write the @ as a reference, for what takes it for a mail address."""
    line = LINE.replace("@", written)
    assert markers(f"<p>{line}</p><p>Rain.</p>", "html") == [line]


def blockquote(inside: str) -> str:
    """The official element of X around some markup."""
    return f'<blockquote class="twitter-tweet" data-lang="en">{inside}</blockquote>'


DATED = f'<p>High water</p>&mdash; Mara Lind (@maralind) <a href="{STATUS_URL}">December 24, 2016</a>'


@pytest.mark.parametrize(
    "element",
    [
        blockquote(DATED),
        blockquote(DATED).replace("<blockquote", "<BLOCKQUOTE"),
        blockquote(DATED).replace('"twitter-tweet"', "'wide twitter-tweet dark'"),
        blockquote(DATED).replace('"twitter-tweet"', "twitter-tweet"),
        blockquote(DATED).replace(" data-lang", '\n\tdata-note="a > b"\n data-lang'),
        blockquote(f"<!-- a note --><div><p>{DATED}</div>"),
        blockquote(DATED.replace("</p>", "")),
        blockquote(f'<a href="{STATUS_URL.replace("512", "511")}">earlier</a>{DATED}'),
    ],
)
def test_an_embed_element_is_found_whole(element: str) -> None:
    """However its attributes are written and whatever is in it, the whole element is the marker."""
    embed = the_embed(f"<div><p>Before</p>{element}<p>After</p></div>", "html")
    assert embed.marker == element
    assert (embed.form, embed.native_id, embed.handle) == ("blockquote", STATUS, "maralind")


def test_the_exact_time_is_that_of_the_markup() -> None:
    """A `datetime` says the second that the print leaves out, and is known as markup's."""
    source = f'{TAIL.partition("Oct")[0]}<time datetime="2020-10-02T11:16:31+00:00">Oct 2, 2020 at 4:16am PDT</time>'
    embed = the_embed(f"<p>{source}</p>", "html")
    assert (embed.posted_at, embed.precision, embed.time_origin) == ("2020-10-02T11:16:31Z", "second", "markup")


def test_remains_in_a_page_keep_its_tags_balanced() -> None:
    """Flattened remains that cross a tag take the whole of its element."""
    source = f'— <b>Mara Lind</b> (@maralind) <a href="{STATUS_URL}"><i>December</i> 24, 2016</a>'
    embed = the_embed(f"<article><p>Night shift.<br>{source}</p></article>", "html")
    assert (embed.marker, embed.native_id) == (f"Night shift.<br>{source}", STATUS)


@pytest.mark.parametrize(
    "page",
    [
        f"<blockquote>{blockquote(DATED)}</blockquote>",
        f'<blockquote class="wp-block-quote"><p>Words</p>{blockquote(DATED)}</blockquote>',
        f'<figure class="wp-block-embed">{blockquote(DATED)}<figcaption>The quay</figcaption></figure>',
    ],
)
def test_a_quote_around_an_embed_is_not_of_it(page: str) -> None:
    """The embed's own element is the marker, not the one around it."""
    assert markers(page, "html") == [blockquote(DATED)]


def test_an_embed_inside_an_embed_is_one() -> None:
    """A nested embed element belongs to the outer one."""
    nested = blockquote(f"<p>As said</p>{blockquote(DATED)}")
    assert markers(f"<p>Before</p>{nested}<p>After</p>", "html") == [nested]


@pytest.mark.parametrize(
    ("page", "marker"),
    [
        (f"<div>{blockquote(DATED)[:-13]}</div><p>After</p>", blockquote(DATED)[:-13]),
        (blockquote(DATED)[:-13], blockquote(DATED)[:-13]),
        (f"{blockquote(DATED)[:-13]}\n\n", blockquote(DATED)[:-13]),
    ],
)
def test_an_unclosed_blockquote_ends_with_its_parent(page: str, marker: str) -> None:
    """Without its end tag an embed ends where its parent does, or the page."""
    assert markers(page, "html") == [marker]


def test_an_unclosed_blockquote_ends_where_the_next_begins() -> None:
    """Of two embeds the first of which is not closed, both are found."""
    first, second = blockquote(DATED)[:-13], blockquote(DATED.replace(STATUS, "1311875027000000999"))
    assert markers(f"{first}{second}", "html") == [first, second]


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_markup_in_a_text_is_an_embed(format_: Format) -> None:
    """Embed code between paragraphs of text is found as in a page."""
    assert markers(f"Before.\n\n{blockquote(DATED)}\n\nAfter.", format_) == [blockquote(DATED)]


# What is code is no embed


MARKUP = blockquote(DATED)
SAID = f"{LEAD} {TAIL}"
CODE: list[tuple[str, Format]] = [
    *[(f"<{name}>{{}}</{name}>", "html") for name in ("script", "style", "pre", "code", "textarea", "title", "xmp")],
    ("<PRE class='a'>{}</PRE>", "html"),
    ("<script>{}", "html"),
    ("<pre><b>{}</b></pre>", "html"),
    ("<!-- {} -->", "html"),
    ("<!-- {}", "html"),
    ("<![CDATA[ {} ]]>", "html"),
    ("```\n{}\n```", "markdown"),
    ("```html\n{}\n```", "markdown"),
    ("````\n```\n{}\n```\n````", "markdown"),
    ("~~~\n{}\n~~~", "markdown"),
    ("> ```\n> {}\n> ```", "markdown"),
    ("  ```\n  {}\n  ```", "markdown"),
    ("Write `{}` there", "markdown"),
    ("Write ``{}`` there", "markdown"),
]


@pytest.mark.parametrize("content", [MARKUP, SAID, LINE], ids=["markup", "instagram", "x"])
@pytest.mark.parametrize(("frame", "format_"), CODE)
def test_what_stands_in_code_is_no_embed(frame: str, format_: Format, content: str) -> None:
    """Sample code, comments and what a page does not show hold no embed."""
    assert markers(frame.format(content), format_) == []


@pytest.mark.parametrize(
    ("source", "format_", "expected"),
    [
        (f"Words.\n\n```\n{TAIL}\n", "markdown", []),
        (f"Words.\n\n~~~\n{TAIL}\n", "text", [TAIL]),
        (f"> ```\n> code\n\n{TAIL}\n", "markdown", [TAIL]),
        (f"> ```\n> code\n\n{TAIL}\n\n```\ncode\n```\n\n{LINE}\n", "markdown", [TAIL, LINE]),
        (f"~~~\n```\n~~~\n\n{TAIL}\n", "markdown", [TAIL]),
        (f"````\n```\n{TAIL}\n```\n````\n\n{LINE}", "markdown", [LINE]),
    ],
)
def test_a_fence_ends_where_markdown_ends_it(source: str, format_: Format, expected: list[str]) -> None:
    """With a fence as long, with its quote, or with the document; in a text a line of tildes is a mere line."""
    assert markers(source, format_) == expected


@pytest.mark.parametrize("frame", ["<p>{}</p>", '<iframe src="{}embed/"></iframe>'])
def test_an_address_may_name_the_account(frame: str) -> None:
    """The address of a post below its account's name is found in a page as it is in a text."""
    url = "https://www.instagram.com/ines.okafor/p/CF1tGabcdef/"
    assert the_embed(url).native_id == "CF1tGabcdef"
    assert len(markers(frame.format(url), "html")) == 1


@pytest.mark.parametrize("content", [SAID, LINE, POST_URL, f"[embed]{POST_URL}[/embed]"])
@pytest.mark.parametrize("frame", ['<p title="{}">Words</p>', "<p title='{}'>Words</p>", '<input value="{}">'])
def test_what_stands_in_an_attribute_is_no_embed(frame: str, content: str) -> None:
    """A page does not show its attributes."""
    assert markers(frame.format(content), "html") == []


def test_markup_in_an_attribute_is_no_embed() -> None:
    """Embed code to be copied stands quoted in a value."""
    assert markers(f"<button data-code='{MARKUP}'>Copy</button>", "html") == []


@pytest.mark.parametrize("frame", ["<div>{}</div>", "<noscript>{}</noscript>", "<template>{}</template>", "<td>{}"])
def test_what_a_page_may_show_is_an_embed(frame: str) -> None:
    """An embed for readers without script is one."""
    assert markers(frame.format(MARKUP), "html") == [MARKUP]


# Whatever the source


PIECES = [
    *(example.source for platform in PLATFORMS for example in platform.examples),
    *(source for platform in PLATFORMS for _, source in platform.misses),
    *(SAID, TAIL, LEAD, LINE, MARKUP, POST_URL, STATUS_URL, DATED, "(@jo_)", "@", "— ", "A post shared by ", " on "),
    *("Oct 2, 2020", "pic.twitter.com/Ab3dEf6hIj", "<", ">", "</", "<p>", "</p>", "<blockquote>", "</blockquote>"),
    *("<blockquote class=twitter-tweet>", '<a href="', '">', "</a>", "<pre>", "</pre>", "<!--", "-->", "<script>"),
    *("</script>", "```\n", "`", "~~~\n", "[", "](", ")", "![", "\n> ", "\n\n", "\n", "\r\n", "\t", "&", "&amp;"),
    *("&mdash;", "&#0;", "&#1114112;", "\u200b", "\u202e", "\ufeff", "\0", "\ud800", "\ufffc", "é", "🌊", "{{<", ">}}"),
    *("[embed]", "[/embed]", '<time datetime="2020-10-02T11:16:31Z">', "</time>", "\\", "'", '"', "word ", " "),
]
SOURCES = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join)
CUT = st.builds(lambda piece, start, length: piece[start : start + length], SOURCES, st.integers(0, 400), st.integers())
thorough = settings(max_examples=200)


@thorough
@given(source=SOURCES | CUT, format_=st.sampled_from(FORMATS))
def test_a_marker_is_the_text_of_its_span(source: str, format_: Format) -> None:
    """Finding never raises, and `source[start:end] == marker` holds for every embed."""
    embeds = find_embeds(source, format_)
    assert [source[embed.start : embed.end] for embed in embeds] == [embed.marker for embed in embeds]
    assert all(embed.marker for embed in embeds)


@thorough
@given(source=SOURCES | CUT, format_=st.sampled_from(FORMATS))
def test_embeds_are_in_order_and_apart(source: str, format_: Format) -> None:
    """Ordinals count from one in document order, and no embed overlaps another."""
    embeds = find_embeds(source, format_)
    edges = [edge for embed in embeds for edge in (embed.start, embed.end)]
    assert [embed.ordinal for embed in embeds] == list(range(1, len(embeds) + 1))
    assert edges == sorted(edges)


@thorough
@given(source=SOURCES | CUT, format_=st.sampled_from(FORMATS))
def test_finding_twice_finds_the_same(source: str, format_: Format) -> None:
    """Nothing of a search stays behind for the next."""
    assert find_embeds(source, format_) == find_embeds(source, format_)


@thorough
@given(source=SOURCES, format_=st.sampled_from(FORMATS))
def test_unknown_is_none(source: str, format_: Format) -> None:
    """No text field of an embed is ever an empty string."""
    fields = ("native_id", "permalink", "handle", "author_name", "posted_at", "posted_text", "text", "language")
    assert all(getattr(embed, name) != "" for embed in find_embeds(source, format_) for name in fields)


@thorough
@given(source=SOURCES, format_=st.sampled_from(FORMATS))
def test_a_time_has_a_precision_and_an_origin(source: str, format_: Format) -> None:
    """What is dated says how precisely and by what; what is not says neither."""
    for embed in find_embeds(source, format_):
        assert len({embed.posted_at is None, embed.precision is None, embed.time_origin is None}) == 1
        assert embed.posted_at_options is None or embed.precision == "day"


def tweet_code(name: str, handle: str, text: str, day: str) -> str:
    """Embed code of one status, whoever signs it."""
    return (
        f'<blockquote class="twitter-tweet"><p>{text}</p>&mdash; {name} (@{handle}) '
        f'<a href="https://twitter.com/{handle}/status/1312031873211064320">{day}</a></blockquote>\n'
    )


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (tweet_code("Ada Quill", "adaquill", "Low tide, high spirits, and nobody here.", "October 2, 2020"), 1),
        (tweet_code("Ada Quill", "AdaQuill", "Low tide, high spirits, and…", "October 2, 2020"), 1),
        (tweet_code("Bo Quill", "boquill", "Low tide, high spirits, and nobody here.", "October 2, 2020"), 2),
        (tweet_code("Ada Quill", "adaquill", "Low tide, high spirits, and nobody here.", "May 4, 2019"), 2),
        (tweet_code("Ada Quill", "adaquill", "High tide, low spirits, and everybody here.", "October 2, 2020"), 2),
    ],
)
def test_neighbours_that_contradict_each_other_are_two_embeds(other: str, count: int) -> None:
    """One post twice in a row is one embed, unless the second says another author, day or text: both are kept."""
    first = tweet_code("Ada Quill", "adaquill", "Low tide, high spirits, and nobody here.", "October 2, 2020")
    assert len(find_embeds(f"<p>Boats.</p>{first}{other}<p>More.</p>", "html")) == count


POST = "https://twitter.com/northpilots/status/1311875000000000000"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("February 30, 2020", "February 30, 2020"),
        ("2020/10/02", "2020/10/02"),
        ("Sept 31, 2020", "Sept 31, 2020"),
        ("5h", "5h"),
        ("yesterday at noon", None),
        ("", None),
    ],
)
def test_a_date_that_cannot_be_read_costs_nothing_else(printed: str, kept: str | None) -> None:
    """Words, name and handle of the code stay, the date as it is printed, and no time."""
    page = (
        f'<p>Fog.</p><blockquote class="twitter-tweet"><p>The Heron sails.</p>&mdash; North Pilots (@northpilots) '
        f'<a href="{POST}">{printed}</a></blockquote>'
    )
    (embed,) = find_embeds(page, "html")
    assert (embed.text, embed.author_name, embed.handle) == ("The Heron sails.", "North Pilots", "northpilots")
    assert (embed.posted_text, embed.posted_at) == (kept, None)


def test_an_unreadable_date_below_a_quote_in_markdown_is_one_too() -> None:
    """A link to the post that looks like a date ends an attribution."""
    source = f"Fog.\n\n> The Heron sails.\n>\n> — North Pilots (@northpilots) [2020/10/02]({POST})\n"
    (embed,) = find_embeds(source, "markdown")
    assert (embed.native_id, embed.text, embed.posted_text) == ("1311875000000000000", "The Heron sails.", "2020/10/02")


@pytest.mark.parametrize(
    "page",
    [
        f'<p>It rained — as Ada (@adaquill) <a href="{POST}">told us in 2020</a> at once.</p>',
        f'<ul><li>— Ada (@adaquill) <a href="{POST}">her thread</a></li></ul>',
    ],
)
def test_a_link_to_a_post_in_prose_is_no_attribution(page: str) -> None:
    """Neither within a sentence nor where the link does not look like a date."""
    assert find_embeds(page, "html") == []


@pytest.mark.parametrize(
    "end", ["", POST, "October 2, 2020", "see it", f'</a>&mdash; North Pilots <a href="{POST}">October 2, 2020']
)
def test_the_words_of_code_without_a_signature_are_kept(end: str) -> None:
    """They are the paragraphs before the link to the post, with their line breaks."""
    page = (
        f'<blockquote class="twitter-tweet"><p>The Heron<br>sails, says <a href="https://t.co/abcdefghij">Ada</a>.</p>'
        f'<a href="{POST}">{end}</a></blockquote>'
    )
    (embed,) = find_embeds(page, "html")
    assert embed.text == "The Heron\nsails, says Ada."


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("We are back, harbour!  Ines Okafor (@ines_okafor) December 31, 2017", "Ines Okafor", "We are back, harbour!"),
        ("Our harbour is open! Ines Okafor (@ines_okafor) 17 juli 2016", "Ines Okafor", "Our harbour is open!"),
        ("So it is. We are back. Jo P. Li (@ines_okafor) May 4, 2017", "Jo P. Li", "So it is. We are back."),
        ("Panic! At Sea (@ines_okafor) May 4, 2017", "Panic! At Sea", None),
    ],
)
def test_where_a_dash_became_a_space_a_name_begins_behind_a_sentence(line: str, name: str, text: str | None) -> None:
    """A short post on the attribution's line is not its author's name, and has nothing of the article's line above."""
    (embed,) = find_embeds(f"The mayor resigned on Sunday night, and nobody asked why.\n\n{line}\n\nIt rained.", "text")
    assert embed.author_name == name
    assert text is None or (embed.text, embed.marker) == (text, line)
