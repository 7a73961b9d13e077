"""What the platforms declare, each rule of each against the platform's own examples and misses."""

import random
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from archiver import urls
from archiver.find import find_embeds
from archiver.find.flattened import TOKEN_WORDS
from archiver.find.grammar import LEAD_WORDS
from archiver.find.lexer import Opaque, Tag, lex
from archiver.find.phrases import PHRASE_WORDS
from archiver.platforms import BY_NAME, PLATFORMS
from archiver.platforms.base import Example, Markup, Platform, Script, Shortcode, UrlForm, Wording
from archiver.records import Embed, Format
from archiver.urls import resolve
from benchmarks.adversaries import pieces, worst
from tests.alarm import alarm

MARKUP_FORMS = {"blockquote", "iframe", "amp"}
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")
STUTTERS, PARTS = 2_000, 12
REPEATS = 500
MUTANTS = 20
ADVERSARY = 2_000_000
# Far above what any needs on a slow machine, far below what a pattern takes that backtracks.
ALARM, ADVERSARY_ALARM = 5.0, 6.0
# Much input is not measured for coverage (`no_cover`): it would take three times as long, and others cover the same.

EXAMPLES = [
    pytest.param(platform, example, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, example in enumerate(platform.examples, start=1)
]
MISSES = [
    pytest.param(format_, source, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, (format_, source) in enumerate(platform.misses, start=1)
]
EACH = [pytest.param(platform, id=platform.name) for platform in PLATFORMS]


def found_in(example: Example) -> Embed:
    """The one embed of an example."""
    (embed,) = find_embeds(example.source, example.format)
    return embed


# Examples and misses


@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_an_example_is_one_embed_with_the_declared_values(platform: Platform, example: Example) -> None:
    """Each declared example yields exactly one embed of its platform, and every field as declared."""
    embed = found_in(example)
    assert embed.platform == platform.name
    assert {name: getattr(embed, name) for name in example.expect} == example.expect


@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_no_other_platform_claims_an_example(platform: Platform, example: Example) -> None:
    """The address that an example leads to names a post of its own platform."""
    permalink = found_in(example).permalink
    if permalink:
        assert (reference := resolve(permalink)) and reference.platform == platform.name


@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_a_permalink_is_a_fixed_point(platform: Platform, example: Example) -> None:
    """A canonical address leads to itself and to the same native id."""
    embed = found_in(example)
    if embed.permalink:
        again = resolve(embed.permalink)
        assert again is not None
        assert (again.permalink, again.native_id) == (embed.permalink, embed.native_id)
    else:
        assert embed.native_id is None


@pytest.mark.parametrize(("format_", "source"), MISSES)
def test_a_miss_is_nobodys(format_: Format, source: str) -> None:
    """What a platform declares as a miss is no embed of any platform."""
    assert find_embeds(source, format_) == []


@pytest.mark.parametrize("platform", EACH)
def test_the_forms_are_those_of_the_examples(platform: Platform) -> None:
    """A platform says of itself just those forms that its examples show."""
    assert set(platform.forms) == {found_in(example).form for example in platform.examples}


# Every rule has a witness


URL_FORMS = [
    pytest.param(platform, form, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, form in enumerate(platform.urls, start=1)
]


def forget() -> None:
    """Forget what was made of the platforms' forms."""
    urls._tables.cache_clear()
    resolve.cache_clear()


@pytest.mark.parametrize(("platform", "form"), URL_FORMS)
def test_every_url_form_has_a_witness(platform: Platform, form: UrlForm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each declared form is needed: without it, some example no longer leads to the post that it leads to."""
    found = [found_in(example) for example in platform.examples]
    others = tuple(one for one in platform.urls if one is not form)
    without = tuple(replace(one, urls=others) if one is platform else one for one in PLATFORMS)
    monkeypatch.setattr(urls, "PLATFORMS", without)
    forget()
    try:
        assert found != [next(iter(find_embeds(one.source, one.format)), None) for one in platform.examples]
    finally:
        forget()


MARKUPS = [
    pytest.param(platform, markup, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, markup in enumerate(platform.markup, start=1)
]


def shows(markup: Markup, tag: Tag) -> bool:
    """Whether a start tag is what a markup declares."""
    attributes = tag.attributes
    if markup.tag not in {tag.name, "*"} or tag.closes:
        return False
    if markup.having.startswith("."):
        return markup.having[1:] in attributes.get("class", "").split()
    return markup.having in attributes


@pytest.mark.parametrize(("platform", "markup"), MARKUPS)
def test_every_markup_has_a_witness(platform: Platform, markup: Markup) -> None:
    """Some example of the form has an element as each markup declares it."""
    tags = [
        token
        for example in platform.examples
        if found_in(example).form == markup.form
        for token in lex(example.source)
        if isinstance(token, Tag)
    ] + [
        Tag("script", token.start, token.end, False, example.source[token.start + 7 : token.end])
        for example in platform.examples
        for token in lex(example.source)
        if isinstance(token, Opaque) and token.name == "script"
    ]
    assert any(shows(markup, tag) for tag in tags)


def element(platform: Platform, markup: Markup, attribute: str, reference: Embed) -> str:
    """The least markup of a kind that tells its address in one of the declared ways, and that leaves a trace."""
    having, name = markup.having, "div" if markup.tag == "*" else markup.tag
    selector = f'class="{having[1:]}"' if having.startswith(".") else "" if having == attribute else f'{having}="1"'
    if attribute.startswith("a:"):
        code = f'<{name} {selector}><a href="{reference.permalink}">there</a></{name}>'
    else:
        before, _, behind = markup.template.partition("{id}")
        whole = str(reference.permalink)
        value = whole.removeprefix(before).removesuffix(behind) if whole.startswith(before) else reference.native_id
        code = f'<{name} {selector} {attribute}="{value}"></{name}>'
    # Some name their platform only in another attribute, as a player's script does in its `src`.
    if not any(trace in code for trace in platform.traces):
        code = code.replace(f"<{name} ", f"<{name} title='{platform.traces[0]}' ", 1)
    return code


ATTRIBUTES = [
    pytest.param(platform, markup, attribute, id=f"{platform.name}-{number}-{attribute}")
    for platform in PLATFORMS
    for number, markup in enumerate(platform.markup, start=1)
    for attribute in markup.urls
]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("platform", "markup", "attribute"), ATTRIBUTES)
def test_a_markup_is_found_by_each_of_its_addresses(
    platform: Platform, markup: Markup, attribute: str, format_: Format
) -> None:
    """Each attribute or link that may hold the address is enough, in a page and in what quotes one."""
    reference = next(embed for example in platform.examples if (embed := found_in(example)).permalink)
    source = element(platform, markup, attribute, reference)
    found = [(embed.form, embed.native_id, embed.marker) for embed in find_embeds(source, format_)]
    assert found == [(markup.form, reference.native_id, source)]


SCRIPTS = [
    pytest.param(platform, script, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, script in enumerate(platform.scripts, start=1)
]


@pytest.mark.parametrize(("platform", "script"), SCRIPTS)
def test_every_script_has_a_witness(platform: Platform, script: Script) -> None:
    """Some example holds each declared call, which opens as declared and is found in its form."""
    witnesses = [example for example in platform.examples if script.pattern.search(example.source)]
    assert {found_in(example).form for example in witnesses} == {script.form}
    assert all(script.opening in example.source for example in witnesses)


SHORTCODES = [
    pytest.param(platform, shortcode, id=f"{platform.name}-{number}")
    for platform in PLATFORMS
    for number, shortcode in enumerate(platform.shortcodes, start=1)
]


@pytest.mark.parametrize(("platform", "shortcode"), SHORTCODES)
def test_every_shortcode_has_a_witness(platform: Platform, shortcode: Shortcode) -> None:
    """Some example is each declared shortcode, in a format that has it, opens as declared and holds its word."""
    witnesses = [
        example
        for example in platform.examples
        if example.format in shortcode.formats and shortcode.pattern.search(example.source)
    ]
    assert {found_in(example).form for example in witnesses} == {"shortcode"}
    assert all(shortcode.opening in example.source and shortcode.word in example.source for example in witnesses)


@pytest.mark.parametrize("platform", EACH)
def test_what_a_platform_reads_has_a_witness(platform: Platform) -> None:
    """Tokens and dashed attributions stand in some example, where they are declared."""
    sources = [example.source for example in platform.examples]
    if platform.tokens:
        assert any(platform.tokens.search(source) for source in sources)
    if platform.dashed:
        assert any(re.search(r"(?:—|&mdash;) [^@]+\(@", source) for source in sources)


# Every phrase is read


WORDINGS = [(platform, wording) for platform in PLATFORMS for wording in platform.wordings]
LEADS = [
    pytest.param(platform, wording, lead, id=f"{platform.name}-{wording.language}-{lead}")
    for platform, wording in WORDINGS
    for lead in wording.leads
]
PHRASES = [
    pytest.param(platform, wording, before, after, id=f"{platform.name}-{wording.language}-{before}-{after}")
    for platform, wording in WORDINGS
    for before in wording.before or ("",)
    for after in wording.after or ("",)
    if before or after
]
JOINED = [
    pytest.param(platform, wording, word, id=f"{platform.name}-{wording.language}-{word}")
    for platform, wording in WORDINGS
    for word in wording.on
]


def attribution(platform: Platform, before: str, after: str) -> str:
    """An attribution to the invented author of a platform's examples."""
    handle = next(handle for example in platform.examples if (handle := found_in(example).handle))
    assert platform.handle and platform.handle.fullmatch(handle)
    return f"{before} Ines Okafor (@{handle}){after}".strip()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("platform", "wording", "lead"), LEADS)
def test_a_lead_alone_is_an_embed(platform: Platform, wording: Wording, lead: str, format_: Format) -> None:
    """Each declared lead is found where nothing but it is left, in each format."""
    source = f"<p>{lead}</p>" if format_ == "html" else f"Before.\n\n{lead}\n\nAfter."
    (embed,) = find_embeds(source, format_)
    assert (embed.platform, embed.marker) == (platform.name, lead)
    # Galician and Spanish have one in common, and which it is nothing else says.
    assert embed.language in {other.language for other in platform.wordings if lead in other.leads}


@pytest.mark.parametrize(("platform", "wording", "lead"), LEADS)
def test_a_lead_holds_the_word_that_is_looked_for(platform: Platform, wording: Wording, lead: str) -> None:
    """A lead that holds none of the words which are searched for would never be looked at."""
    assert any(word in lead for word in LEAD_WORDS)


@pytest.mark.parametrize(("platform", "wording", "before", "after"), PHRASES)
def test_every_phrase_makes_an_attribution(platform: Platform, wording: Wording, before: str, after: str) -> None:
    """Each declared wording is read around a name and a handle, in the language it is declared for."""
    source = attribution(platform, before, after)
    found = [(one.platform, one.author_name, one.language, one.marker) for one in find_embeds(source, "text")]
    assert found == [(platform.name, "Ines Okafor", wording.language, source)]


@pytest.mark.parametrize(("platform", "wording", "word"), JOINED)
def test_every_joining_word_joins_a_date(platform: Platform, wording: Wording, word: str) -> None:
    """A date behind each declared joining word belongs to the embed."""
    before, after = next(iter(wording.before), ""), next(iter(wording.after), "")
    source = f"{attribution(platform, before, after)} {word} Oct 2, 2020"
    assert [(one.posted_at, one.marker) for one in find_embeds(source, "text")] == [("2020-10-02", source)]


@pytest.mark.parametrize(("platform", "wording", "word"), JOINED)
def test_every_joining_word_may_dangle(platform: Platform, wording: Wording, word: str) -> None:
    """A joining word that ends its line, its date lost, belongs to the embed."""
    before, after = next(iter(wording.before), ""), next(iter(wording.after), "")
    source = f"{attribution(platform, before, after)} {word}"
    assert [one.marker for one in find_embeds(f"{source}\n\nMore.", "text")] == [source]


# Needles and traces


@pytest.mark.parametrize("platform", EACH)
def test_every_trace_holds_a_needle(platform: Platform) -> None:
    """A trace without a needle would never be looked for."""
    assert [trace for trace in platform.traces if not any(needle in trace for needle in platform.needles)] == []


@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_an_example_of_a_page_holds_a_trace(platform: Platform, example: Example) -> None:
    """What a page can hold of a post besides words holds a trace, so that it is parsed."""
    form = found_in(example).form
    in_pages = any("html" in one.formats and one.pattern.search(example.source) for one in platform.shortcodes)
    # An address on a host of any name can hold nothing that other addresses do not.
    anywhere = any("*" in one.hosts for one in platform.urls)
    if form in MARKUP_FORMS or (form == "url" and not anywhere) or (form == "shortcode" and in_pages):
        assert any(trace in example.source for trace in platform.traces)


@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_remains_hold_what_is_looked_for(platform: Platform, example: Example) -> None:
    """A flattened example holds an `@`, a lead or a token's words."""
    words = ("@", *LEAD_WORDS, *TOKEN_WORDS, *PHRASE_WORDS)
    assert found_in(example).form != "text" or any(word in example.source for word in words)


# Names


@pytest.mark.parametrize("field", ["name", "label"])
def test_names_and_labels_are_unique(field: str) -> None:
    """No two platforms share a name or a label."""
    values = [getattr(platform, field).casefold() for platform in PLATFORMS]
    assert len(set(values)) == len(values) == len(BY_NAME)


@pytest.mark.parametrize("platform", EACH)
def test_a_profile_has_the_handle(platform: Platform) -> None:
    """The address of an account holds its handle, and is no post's."""
    url = platform.profile_url("ines_okafor")
    assert "ines_okafor" in url
    assert resolve(url) is None


# No pattern backtracks


def parts(source: str) -> list[str]:
    """Some of the pieces of an example, alone and each with what follows: the same ones whenever it is asked."""
    single = pieces(source)
    every = list(dict.fromkeys([*single, *map("".join, pairwise(single))]))
    chance = random.Random(source)  # noqa: S311 (seeded, so that a failure comes back)
    return chance.sample(every, min(PARTS, len(every)))


@pytest.mark.no_cover
@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_no_pattern_backtracks_over_a_stutter(platform: Platform, example: Example) -> None:
    """A part of an example may be repeated thousands of times: it is read in time that grows with its length."""
    for part in parts(example.source):
        before, _, after = example.source.partition(part)
        with alarm(ALARM):
            find_embeds(before + part * STUTTERS + after, example.format)


@pytest.mark.no_cover
@pytest.mark.parametrize("platform", EACH)
def test_no_pattern_backtracks_over_repeated_embeds(platform: Platform) -> None:
    """An example hundreds of times, prose between, is as many embeds, and takes no more than they do."""
    prose = "\n\nThen the rain began again.\n\n"
    for example in platform.examples:
        with alarm(ALARM):
            found = find_embeds(f"{example.source}{prose}" * REPEATS, example.format)
        assert len(found) == REPEATS, example.source


@pytest.mark.no_cover
@pytest.mark.parametrize(("platform", "example"), EXAMPLES)
def test_no_pattern_backtracks_over_a_mutation(platform: Platform, example: Example) -> None:
    """An example with parts lost, doubled and moved is still read, and at once."""
    chance = random.Random(example.source)  # noqa: S311 (seeded, so that a failure comes back)
    whole = pieces(example.source)
    for _ in range(MUTANTS):
        mutant = [piece * chance.choice((1, 1, 1, 2, 30)) for piece in whole if chance.random() > 0.05]
        mutant += chance.sample(whole, min(5, len(whole)))
        with alarm(ALARM):
            embeds = find_embeds("".join(mutant), example.format)
        assert all(embed.end > embed.start for embed in embeds)


# The formats take turns; `benchmarks.adversaries` measures ten megabytes of each.
WORST = [
    pytest.param(platform, FORMATS[number % len(FORMATS)], id=platform.name)
    for number, platform in enumerate(PLATFORMS)
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("platform", "format_"), WORST)
def test_the_worst_of_a_platform_is_read_in_linear_time(platform: Platform, format_: Format) -> None:
    """Megabytes of all that looks like the beginning of an embed are read before the alarm rings."""
    source = worst(platform, format_, ADVERSARY)
    with alarm(ADVERSARY_ALARM):
        find_embeds(source, format_)
