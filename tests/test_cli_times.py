"""`archiver when` and `archiver prefixes` as a user calls them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Archiver = Callable[..., CompletedProcess[str]]

ADDRESS = "https://www.instagram.com/p/CF1tGabcdef/"
MINUTE = "Oct 2, 2020 at 4:16am PDT"
KEYS = """
asked platform kind native_id permalink time precision printed_as not_before not_after rule source caveats
"""
PLAN_KEYS = "platform handle printed posted_at precision posted_at_options searches caveats"


def told(output: str) -> str:
    """What is printed, without its layout."""
    return re.sub(r"\s+", " ", output)


def test_when_says_what_an_address_says(archiver: Archiver) -> None:
    """Platform, id, time, precision, the printed form, the rule, its source, and what the time is not."""
    done = archiver("when", ADDRESS)
    assert told(done.stdout).startswith(
        f"{ADDRESS} what Instagram post CF1tGabcdef permalink {ADDRESS} time 2020-10-02T11:16:17.295Z (to the "
        "millisecond) printed as Oct 2, 2020 at 4:16am PDT rule the shortcode is a number in base 64; "
    )
    assert "note The id is given out when the upload starts" in told(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_when_lists_every_platform_of_a_bare_id(archiver: Archiver) -> None:
    """None is picked."""
    done = archiver("when", "7107337212743830830")
    assert re.findall(r"what +(\w+)", done.stdout) == ["LinkedIn", "TikTok", "Facebook", "Pinterest"]


def test_when_json_is_an_object_a_line(archiver: Archiver) -> None:
    """One for each platform of each id, with all keys; what is unknown is null."""
    lines = [json.loads(line) for line in archiver("when", "--json", ADDRESS, "99abcd").stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS.split(), KEYS.split()]
    assert [line["time"] for line in lines] == ["2020-10-02T11:16:17.295Z", None]
    assert (lines[1]["not_before"], lines[1]["not_after"]) == ("2018-07", "2019-10")


def test_when_of_no_id_is_wrong_usage(archiver: Archiver) -> None:
    """What is one is still answered; the other is named, and the status 2."""
    done = archiver("when", "hello", ADDRESS, "https://example.com/")
    assert done.returncode == 2
    assert done.stdout.startswith(ADDRESS)
    assert done.stderr.startswith("archiver: 'hello', 'https://example.com/': neither the address of a post nor an id")


def test_prefixes_prints_windows_ids_and_queries(archiver: Archiver) -> None:
    """Core and wide, the first and last id of each, their prefixes, and lines to copy."""
    done = archiver("prefixes", "@ines.okafor", MINUTE)
    assert told(done.stdout).startswith(
        "Instagram, @ines.okafor, 2020-10-02T11:16Z core 2020-10-02T11:15:30Z to 2020-10-02T11:17:00Z ids CF1tAo7gAAA "
        "to CF1tLoDf___ in decimal 2411031131567685632 to 2411031886542405631 4 characters CF1t 5 characters CF1t[A-L] "
        "wide 2020-10-02T11:01:00Z to "
    )
    queries = [line for line in done.stdout.splitlines() if "$CDX?" in line]
    assert len(queries) == 15
    assert queries[0].startswith("core  $CDX?url=instagram.com/p/CF1t&matchType=prefix&filter=original:.*/p/CF1t%5BA-L")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["ines.okafor", MINUTE], "CF1tAo7gAAA"),
        (["northpilots", "October 2, 2020", "--platform", "twitter"], "1311818175083446272"),
        (["ines.okafor", "October 2, 2024", "--platform", "threads"], "DAmdB17gAAA"),
    ],
)
def test_prefixes_json_is_one_object(archiver: Archiver, arguments: list[str], first: str) -> None:
    """The plan as data; numbers of ids are texts, which JSON's readers keep whole."""
    plan = json.loads(archiver("prefixes", "--json", *arguments).stdout)
    assert list(plan) == PLAN_KEYS.split()
    (search,) = plan["searches"]
    assert search["core"]["first"] == first
    assert isinstance(search["core"]["first_number"], str)
    assert {query["window"] for query in search["queries"]} <= {"core", "wide"}


def test_prefixes_of_a_twelve_hour_clock_are_of_both_minutes(archiver: Archiver) -> None:
    """Two blocks, and two searches in JSON."""
    arguments = ("prefixes", "ines.okafor", "6 de Ago, 2019 às 6:40 PDT")
    assert re.findall(r"^Instagram, @ines.okafor, (\S+)$", archiver(*arguments).stdout, re.MULTILINE) == [
        "2019-08-06T13:40Z",
        "2019-08-07T01:40Z",
    ]
    assert len(json.loads(archiver(*arguments, "--json").stdout)["searches"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["prefixes", "jo", "yesterday"], "archiver: 'yesterday' is no date"),
        (["prefixes", "jo lind", MINUTE], "archiver: 'jo lind' is no handle of Instagram"),
        (["prefixes", "jo", MINUTE, "--platform", "reddit"], "reddit"),
        (["prefixes", "jo"], "PRINTED_TIME"),
        (["when"], "ID_OR_URL"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(archiver: Archiver, arguments: list[str], sentence: str) -> None:
    """Said in one sentence, with the status 2, and nothing on stdout."""
    done = archiver(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", [["when", ADDRESS], ["prefixes", "ines.okafor", MINUTE]])
def test_asking_writes_nothing(archiver: Archiver, tmp_path: Path, command: list[str]) -> None:
    """No archive is made or needed."""
    archiver(*command)
    assert list(tmp_path.iterdir()) == []
