"""The example articles: what each holds, and that their invented ids agree with the times they print."""

from pathlib import Path

import pytest

from archiver.find import find_embeds
from archiver.platforms import PLATFORMS
from archiver.records import Embed, Format

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"
FORMATS: dict[str, Format] = {".txt": "text", ".md": "markdown", ".html": "html"}

# Article → platform, form, handle, native id, posted at; in document order.
HELD: dict[str, list[tuple[str, str, str | None, str | None, str | None]]] = {
    "news/harbour-lights.txt": [
        ("instagram", "text", "ellery.lightcat", None, "2020-10-02T16:05Z"),
        ("twitter", "text", "ElleryLifeboat", None, "2020-10-03"),
        ("instagram", "text", "nadia_orrin_light", None, "2020-10-05T06:48Z"),
    ],
    "news/bakery-flood.txt": [
        ("instagram", "text", "marrow.and.sons", None, "2019-02-12T15:18Z"),
        ("instagram", "text", "pietkolver_bakes", None, None),
        ("instagram", "text", "wendstreet", None, None),
    ],
    "news/comet-photographs.txt": [
        ("instagram", "text", "ruben.tal.sky", None, "2015-12-06T05:12Z"),
        ("instagram", "text", "sorrelhillsobs", None, "2015-12-06T13:47Z"),
    ],
    "news/ferry-strike.txt": [
        ("twitter", "text", "SillFerryCrews", None, "2022-05-17"),
        ("twitter", "text", "NorthsoundLines", None, "2022-05-17"),
        ("twitter", "text", None, None, None),
        ("instagram", "text", None, None, None),
    ],
    "news/bergbahn.txt": [("instagram", "text", "rauchbahn.oberkelz", None, "2018-07-27")],
    "news/feria-del-libro.txt": [
        ("instagram", "text", "ferialibro.valdoria", None, "2021-04-23T18:02Z"),
        ("twitter", "text", "darioquinal", None, "2021-04-25"),
    ],
    "news/matsuri.txt": [("instagram", "text", "mitsuse.tourou", None, "2019-08-17T12:14Z")],
    "news/library-boat.txt": [("instagram", "text", "qarib.alkutub", None, "2020-02-01T09:26Z")],
    "saved/lighthouse-cat.html": [
        ("instagram", "blockquote", "ellery.lightcat", "CF2OLx9ybFt", None),
        ("twitter", "blockquote", "ElleryLifeboat", "1312470643825941367", "2020-10-03"),
        ("twitter", "blockquote", "ElleryStamps", "1312692687730672495", "2020-10-04"),
        ("instagram", "blockquote", "ellery.lightcat", "BUEi8-RFjHE", "2017-05-14T11:26:31Z"),
    ],
    "saved/regatta.amp.html": [
        ("instagram", "amp", None, "CQTjOmAME8j", None),
        ("twitter", "amp", "LakeTarnRegatta", "1406267758176311790", "2021-06-19"),
    ],
    "saved/snow-day.html": [
        ("twitter", "iframe", None, "1487327401109480873", None),
        ("instagram", "iframe", None, "CZULbe_BsvB", None),
        ("twitter", "iframe", None, "1487818135471541398", None),
    ],
    "blog/choir-tour.md": [
        ("instagram", "shortcode", None, "CzzV_Zyg8Pg", None),
        ("twitter", "shortcode", "silolistener", "1726148862076169433", None),
        ("instagram", "url", None, "Cz6Hvzw04k6", None),
        ("twitter", "shortcode", None, "1726657712538154313", None),
    ],
    "blog/2024-03-10-seed-library.md": [
        ("instagram", "blockquote", "tollhouse.seeds", "C4Shi6u3Rbv", None),
        ("twitter", "blockquote", "tollhouseseeds", "1766529383086629823", "2024-03-09"),
    ],
    "blog/last-gondolas.md": [
        ("instagram", "text", "rauchbahn.oberkelz", "BlwV9BTx727", None),
        ("instagram", "text", "ff.oberkelz", "Cg6aGPkxQjN", None),
        ("instagram", "text", "wanderzeit_notes", "Cg7DS_ehcBR", None),
    ],
}

# The same post in two articles: its id in the one, the time as far as the other prints it.
TWICE = [
    ("instagram", "CF2OLx9ybFt", "2020-10-02T16:05"),
    ("twitter", "1312470643825941367", "2020-10-03"),
    ("instagram", "BlwV9BTx727", "2018-07-28T00:33"),
    ("instagram", "BUEi8-RFjHE", "2017-05-14T11:26:31"),
    ("twitter", "1766529383086629823", "2024-03-09"),
]


def embeds_of(name: str) -> list[Embed]:
    """The embeds of an example article."""
    path = ARTICLES / name
    return find_embeds(path.read_bytes().decode("utf-8"), FORMATS[path.suffix])


def test_every_example_is_in_the_table() -> None:
    """An article added to the examples is checked here."""
    files = (path for path in ARTICLES.rglob("*") if path.suffix in FORMATS)
    assert {path.relative_to(ARTICLES).as_posix() for path in files} == HELD.keys()


@pytest.mark.parametrize("name", HELD)
def test_an_example_holds_what_it_was_written_to_hold(name: str) -> None:
    """Each embed once, in order, with who and when."""
    found = [(one.platform, one.form, one.handle, one.native_id, one.posted_at) for one in embeds_of(name)]
    assert found == HELD[name]


def test_the_german_clock_leaves_two_minutes_open() -> None:
    """5:33 without am or pm may be either half of the day, in Pacific time."""
    (embed,) = embeds_of("news/bergbahn.txt")
    assert embed.posted_at_options == ("2018-07-27T12:33Z", "2018-07-28T00:33Z")


@pytest.mark.parametrize(("platform", "native_id", "printed"), TWICE)
def test_ids_agree_with_the_printed_times(platform: str, native_id: str, printed: str) -> None:
    """What is decoded from an invented id is what the article that prints the time says."""
    (id_time,) = [one.id_time for one in PLATFORMS if one.name == platform]
    assert id_time is not None
    moment = id_time(native_id)
    assert moment is not None
    assert moment.at.startswith(printed)
