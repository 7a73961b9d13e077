"""Embed code in a page's state: taken where the page says the words beside it, and never else."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.find import explain_embeds, find_embeds
from archiver.find.prefilter import may_hold_embeds
from archiver.platforms import PLATFORMS
from tests.alarm import alarm

TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en">Low tide at noon</p>&mdash; Ines Okafor (@ines_okafor) '
    '<a href="https://twitter.com/ines_okafor/status/1311875027000000512">October 2, 2020</a></blockquote>'
)
FRAME = '<iframe src="https://www.youtube.com/embed/nB3rTh-Pil0"></iframe>'
FIRST = "The ferry to the islands did not leave on Friday, because the tide stayed out."
SECOND = "Some two hundred passengers waited on the pier until there was no more tea."
OTHER = "Somebody took the lamp from the pier, and nobody has seen it since Tuesday."
TITLE = "The ferry that waited for the sea, and those who waited for it"
PAGE = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>"
ALARM = 20.0
"""Processor seconds, many times what a slow machine needs for two megabytes."""


def plain(state: Any) -> str:
    """JSON as most write it."""
    return json.dumps(state)


def slashed(state: Any) -> str:
    """JSON as PHP writes it."""
    return json.dumps(state).replace("/", "\\/")


def guarded(state: Any) -> str:
    """JSON as Next.js and others write it: nothing in it is markup."""
    return json.dumps(state).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def guarded_wholly(state: Any) -> str:
    """JSON as Nuxt and PHP may write it: no slash and no escaped quote either."""
    written = json.dumps(state).replace('\\"', "\\u0022").replace("/", "\\u002F")
    return written.replace("<", "\\u003C").replace(">", "\\u003E")


SCRIPTS = {
    "Next.js": '<script id="__NEXT_DATA__" type="application/json">{}</script>',
    "JSON": '<script type="application/json" data-state>{}</script>',
    "a variable": "<script>window.__PRELOADED_STATE__ = {};window.version='1\"2';</script>",
    "a member": '<script type="text/javascript">window.Fusion=window.Fusion||{{}};Fusion.globalContent={};</script>',
    "a function": "<script>window.__NUXT__=(function(a,b){{return {}}}(null,!0))</script>",
}


def page(state: Any, *, written: Callable[[Any], str] = guarded, script: str = "JSON", body: str = PAGE) -> str:
    """A page with a state."""
    return f"<html><body>{body}{SCRIPTS[script].format(written(state))}</body></html>"


def ids(source: str) -> list[str | None]:
    """The posts of a page, whose embeds are apart and true to their spans."""
    embeds = find_embeds(source, "html")
    assert all(source[embed.start : embed.end] == embed.marker for embed in embeds)
    assert all(one.end <= other.start for one, other in pairwise(embeds))
    return [embed.native_id for embed in embeds]


@pytest.mark.parametrize("written", [plain, slashed, guarded, guarded_wholly])
@pytest.mark.parametrize("script", SCRIPTS)
def test_code_between_the_words_of_the_page_is_an_embed(script: str, written: Callable[[Any], str]) -> None:
    """However the state is written, and whatever it is called."""
    source = page({"body": f"<p>{FIRST}</p>{TWEET}<p>{SECOND}</p>{FRAME}"}, written=written, script=script)
    assert may_hold_embeds(source)
    assert ids(source) == ["1311875027000000512", "nB3rTh-Pil0"]


def test_the_embed_is_the_code_as_it_is_written() -> None:
    """Its span is inside the string, its fields are what the code says."""
    source = page({"body": f"<p>{FIRST}</p>{TWEET}"})
    (embed,) = find_embeds(source, "html")
    assert embed.marker == guarded(TWEET)[1:-1]
    assert (embed.form, embed.handle, embed.author_name, embed.text) == (
        "blockquote",
        "ines_okafor",
        "Ines Okafor",
        "Low tide at noon",
    )
    assert embed.rule == "blockquote.twitter-tweet in page state"


VOUCHED: dict[str, Any] = {
    "the item before": [{"type": "text", "content": FIRST}, {"type": "raw_html", "content": TWEET}],
    "the item behind": [{"content": TWEET}, {"content": FIRST}],
    "items with parts": [{"data": {"text": f"<p>{FIRST}</p>"}}, {"data": {"code": {"html": TWEET}}}],
    "items that are texts": [f"<p>{FIRST}</p>", TWEET],
    "a title between": [{"content": FIRST}, {"title": TITLE}, {"content": TWEET}],
    "two codes in a row": [{"content": FIRST}, {"content": FRAME}, {"content": TWEET}],
    "the same object": {"text": FIRST, "html": TWEET},
    "the end of a long text": [{"content": f"<p>{OTHER}</p><p>{SECOND}</p>"}, {"content": TWEET}],
    "letters set otherwise": [{"content": FIRST.replace(" ", "  ").replace(",", "&#44;")}, {"content": TWEET}],
}


@pytest.mark.parametrize("name", VOUCHED)
def test_code_alone_in_its_string_is_vouched_for_by_the_text_beside(name: str) -> None:
    """The nearest prose in its object, or else among the items of its list."""
    assert "1311875027000000512" in ids(page({"article": {"elements": VOUCHED[name]}}))


REFUSED: dict[str, Any] = {
    "the body of another article": [{"body": f"<p>{FIRST}</p>"}, {"body": f"<p>{OTHER}</p>{TWEET}"}],
    "an item beside another's text": [{"content": FIRST}, {"content": OTHER}, {"content": TWEET}],
    "an object beside": {"body": FIRST, "related": {"html": TWEET}},
    "a list beside": {"body": FIRST, "related": [{"html": TWEET}]},
    "the next list": [{"elements": [FIRST]}, {"elements": [TWEET]}],
    "an object with a text of its own": [{"text": FIRST}, {"html": TWEET, "text": OTHER}],
    "a title": {"title": TITLE, "html": TWEET},
    "a title in the code's string": {"html": f"<h2>{TITLE[:35]}</h2>{TWEET}"},
    "few words": {"text": FIRST[:38] + ".", "html": TWEET},
    "a key": {FIRST: TWEET},
    "code as a key": {"text": FIRST, TWEET: 1},
    "an address": {"text": FIRST, "url": "https://twitter.com/ines_okafor/status/1311875027000000512"},
    "an id": {"text": FIRST, "tweetId": "1311875027000000512"},
    "a link": {"body": f'<p>{FIRST}</p><a href="https://twitter.com/a/status/1311875027000000512">so</a>'},
    "a frame of something else": {
        "body": f'<p>{FIRST}</p><iframe src="https://maps.example.com/youtube.com/"></iframe>'
    },
    "an element for a script": {"body": f'<p>{FIRST}</p><div data-url="https://youtu.be/nB3rTh-Pil0"></div>'},
}


@pytest.mark.parametrize("name", REFUSED)
def test_code_that_the_page_does_not_vouch_for_is_none(name: str) -> None:
    """Other articles stand in states too, and addresses of all kinds."""
    assert ids(page({"data": REFUSED[name]})) == []


TEASERS = {
    "a link": f"<a href='/lamp'><h3>Lamp</h3><p>{OTHER}</p></a>",
    "an aside": f"<aside><p>{OTHER}</p></aside>",
    "a text that is cut off": f"<div><p>{OTHER[:-20]} …</p></div>",
    "a footer": f"<footer>{OTHER}</footer>",
}


@pytest.mark.parametrize("name", TEASERS)
def test_a_teaser_does_not_vouch_for_its_article(name: str) -> None:
    """What a page shows of other articles is in links and asides, or cut short."""
    state = {"related": [{"body": f"<p>{OTHER}</p>{TWEET}"}]}
    assert ids(page(state, body=PAGE + TEASERS[name])) == []
    assert ids(page(state, body=f"{PAGE}<p>{OTHER}</p>")) == ["1311875027000000512"]


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="{FIRST}">',
        f'<meta property="og:description" content="{FIRST}">',
        f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":{json.dumps(FIRST)}}}</script>',
    ],
)
def test_what_the_page_says_of_itself_vouches_too(head: str) -> None:
    """Its description and its JSON-LD are about this article."""
    assert ids(page({"body": f"{FIRST}{TWEET}"}, body=head)) == ["1311875027000000512"]


def test_an_app_without_words_vouches_for_nothing() -> None:
    """Of a shell nobody can say which of the articles it would show."""
    assert ids(page({"body": f"<p>{FIRST}</p>{TWEET}"}, body="<div id=app></div>")) == []


@pytest.mark.parametrize(
    "shown",
    [
        TWEET,
        "<p>Low tide at noon</p><p>— Ines Okafor (@ines_okafor) October 2, 2020</p>",
        '<blockquote class="twitter-tweet"><p>Low tide at noon</p>— Ines Okafor (@ines_okafor)</blockquote>',
    ],
)
def test_what_the_page_shows_is_not_found_again(shown: str) -> None:
    """Known by its id, or where that is lost, by its author and by its day, if there is any."""
    source = page({"body": f"<p>{FIRST}</p>{TWEET}"}, body=f"<p>{FIRST}</p>{shown}<p>{SECOND}</p>")
    without = source[: source.index("<script")]
    assert find_embeds(source, "html") == find_embeds(without, "html") != []


def test_what_the_page_shows_of_somebody_else_is_another_post() -> None:
    """An embed of which nothing is known stands for no other, nor does one of another author."""
    state = {"body": f"<p>{FIRST}</p>{TWEET}{FRAME}"}
    orphan = '<blockquote class="twitter-tweet"><p>Low tide at noon</p></blockquote>'
    for shown in (orphan, "<p>— Jo Park (@jopark) October 2, 2020</p>"):
        assert ids(page(state, body=f"<p>{FIRST}</p>{shown}")) == [None, "1311875027000000512", "nB3rTh-Pil0"]


def test_a_post_is_found_once_in_all_states() -> None:
    """States repeat an article, and each other."""
    article = {"body": f"<p>{FIRST}</p>{TWEET}"}
    twice = SCRIPTS["JSON"].format(guarded([article, article]))
    assert ids(f"{PAGE}{twice}{twice}") == ["1311875027000000512"]


def test_two_posts_of_one_day_are_two() -> None:
    """Their author and their day are the same, their ids are not."""
    other = TWEET.replace("1311875027000000512", "1311875027000000513")
    assert len(ids(page({"body": f"<p>{FIRST}</p>{TWEET}{other}"}))) == 2


def _post(number: int) -> str:
    return (
        f'<blockquote class="twitter-tweet"><p>Boat {number}.</p>&mdash; Mara Lind (@maralind) <a href="'
        f'https://twitter.com/maralind/status/131187502700000051{number}">October 2, 2020</a></blockquote>'
    )


def test_of_several_posts_of_a_day_no_signature_hides_any() -> None:
    """Which of them a flattened one on the page is cannot be told: all stay, and so does it."""
    body = f"{PAGE}<p>— Mara Lind (@maralind) October 2, 2020</p>"
    state = {"body": f"<p>{FIRST}</p>{_post(1)}{_post(2)}{_post(3)}<p>{SECOND}</p>"}
    assert [one for one in ids(page(state, body=body)) if one] == [
        f"131187502700000051{number}" for number in (1, 2, 3)
    ]


def test_other_words_are_another_post() -> None:
    """The flattened post on the page says something else than the one in the state."""
    body = f"{PAGE}<blockquote><p>No boat at all today.</p>— Mara Lind (@maralind) October 2, 2020</blockquote>"
    assert len(ids(page({"body": f"<p>{FIRST}</p>{_post(1)}<p>{SECOND}</p>"}, body=body))) == 2


def test_the_beginning_of_the_next_paragraph_is_a_teasers_too() -> None:
    """What is cut off vouches for nothing, whichever side of the code it stands on."""
    body = f"{PAGE}<div><h3><a href='/lamp'>Lamp</a></h3><p>{OTHER[:60]}…</p></div>"
    assert ids(page({"latest": [{"title": "Lamp", "body": f"{_post(1)}<p>{OTHER}</p>"}]}, body=body)) == []


@pytest.mark.parametrize("call", ["self.__next_f.push([1,{}])", "window.state=JSON.parse({})"])
def test_a_state_in_a_string_is_read_too(call: str) -> None:
    """Frameworks push JSON piece by piece, and scripts parse it."""
    state = json.dumps(guarded({"elements": [{"text": FIRST}, {"html": TWEET}]}))
    assert ids(f"{PAGE}<script>{call.format(state)}</script>") == ["1311875027000000512"]


@pytest.mark.parametrize(
    ("kind", "is_state"),
    [
        ("application/json", True),
        ("text/javascript", True),
        ("module", True),
        ("application/ld+json", False),
        ("text/html", False),
        ("text/x-handlebars-template", False),
    ],
)
def test_a_state_is_json_or_a_program(kind: str, is_state: bool) -> None:
    """Templates are no data, and JSON-LD is for search engines."""
    state = guarded({"body": f"<p>{FIRST}</p>{TWEET}"})
    assert len(ids(f'{PAGE}<script type="{kind}">a={state}</script>')) == is_state


def test_markup_in_a_program_is_no_state() -> None:
    """It has to be the value of something."""
    assert ids(f"{PAGE}<script>show({json.dumps(FIRST + TWEET)})</script>") == []


OFFICIAL = [
    (platform.name, example.source)
    for platform in PLATFORMS
    for example in platform.examples
    if example.format == "html" and "<script" not in example.source
]


@pytest.mark.parametrize("written", [plain, slashed, guarded, guarded_wholly])
@pytest.mark.parametrize(("platform", "code"), OFFICIAL)
def test_code_of_each_platform_is_known(platform: str, code: str, written: Callable[[Any], str]) -> None:
    """Embed code names the same post in a page's state as in the page; nothing else there names any."""
    shown = [embed.permalink for embed in find_embeds(code, "html") if embed.native_id and embed.form != "text"]
    state = find_embeds(page({"body": f"<p>{FIRST}</p>{code}<p>{SECOND}</p>"}, written=written), "html")
    assert all(embed.platform == platform for embed in state)
    assert {embed.permalink for embed in state} <= set(shown)
    assert state or not shown or not any(element in code for element in ("<blockquote", "<iframe", "<amp-"))


def test_explaining_says_why_code_is_refused() -> None:
    """Whether nothing vouches for it, or its post is found anyway; and by which rule it is taken."""
    state = [{"body": f"<p>{FIRST}</p>{TWEET}{FRAME}"}, {"body": f"<p>{OTHER}</p>{FRAME.replace('nB3', 'nB4')}"}]
    told = explain_embeds(page(state, body=f"{PAGE}{TWEET}"), "html")
    assert [(one.rule, one.embed is not None) for one in told] == [
        ("blockquote.twitter-tweet", True),
        ("code in page state of a post that is found elsewhere", False),
        ("address in iframe in page state", True),
        ("code in page state, with no words beside it that the page says too", False),
    ]


PIECES = st.sampled_from(
    [
        *('"', "'", "\\", "{", "}", "[", "]", "(", ")", ",", ":", "\n", '\\"', "\\\\", "\\u003c", "\\ud83d", '"a":'),
        *("<script>", "</script>", "<!-- ", "<p>", "</p>", f'"{FIRST}"', FIRST, guarded(TWEET), guarded(TWEET)[1:-1]),
        *(plain(FRAME), plain(f"<p>{FIRST}</p>{FRAME}")),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_state_gives_true_spans(state: str) -> None:
    """Whatever a script holds, finding does not raise, and embeds are apart and as they stand there."""
    ids(f'{PAGE}<script type="application/json">{state}</script>')


CODE = guarded(TWEET)[1:-1]
HOSTILE: dict[str, Callable[[int], str]] = {
    "quotes": lambda size: f'["{CODE}"' + '"' * size,
    "backslashes": lambda size: f'["{CODE}' + "\\" * size,
    "escaped quotes": lambda size: f'["{CODE}"]' + '\\"' * (size // 2),
    "a string that never ends": lambda size: f'["{CODE}' + '\\"' * (size // 2),
    "strings that never end": lambda size: f'"{CODE}\n' * (size // len(CODE)),
    "apostrophes": lambda size: f'["{CODE}",' + "'" * size,
    "open objects": lambda size: f'{{"a":"{CODE}","b":' * (size // len(CODE)),
    "objects within objects": lambda size: '{"a":' * (size // 6) + f'"{CODE}"' + "}" * (size // 6),
    "codes deep in objects": lambda size: '{"a":' * (size // 12) + f'"{CODE}",' * 900 + "}" * (size // 12),
    "lists within lists": lambda size: "[" * (size // 2) + f'"{CODE}"' + "]" * (size // 2),
    "open calls": lambda size: f'("{CODE}",' * (size // len(CODE)) + ")" * (size // 2),
    "codes of many posts": lambda size: (
        "[" + "".join(f'"{CODE.replace("027000", str(n))}",' for n in range(size // 400)) + f'"{FIRST}"]'
    ),
    "codes in one string": lambda size: f'["{FIRST}' + CODE * (size // len(CODE)) + '"]',
    "one long paragraph": lambda size: f'["{CODE}","{FIRST * (size // len(FIRST))}"]',
    "many scripts": lambda size: f'["{FIRST}","{CODE}"]</script><script>' * (size // 400),
    "many empty scripts": lambda size: f'["{FIRST}","{CODE}"]</script>' + "<script></script>" * (size // 17),
    "a long page": lambda size: f'["{OTHER}","{CODE}"]</script>' + f"<p>{FIRST}</p>" * (size // 90),
    "links without an end": lambda size: f'["{FIRST}","{CODE}"]</script>' + "<a href=x>" * (size // 10),
    "asides": lambda size: f'["{FIRST}","{CODE}"]</script>' + "<aside>" * (size // 7),
    "strings in strings": lambda size: '["' + "[\\u003ciframe=\\\\\\" * (size // 18) + '"]',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_state_made_to_take_time_takes_little(name: str) -> None:
    """The time grows with the length."""
    source = f'<p>{FIRST}</p><script type="application/json">{HOSTILE[name](2_000_000)}'
    with alarm(ALARM):
        ids(source)


def test_frames_without_an_end_are_looked_through_fast() -> None:
    """Where the prefilter looks for an address as JSON writes it."""
    with alarm(ALARM):
        assert not may_hold_embeds("<iframe " * 250_000 + "\\" * 1_000_000)
