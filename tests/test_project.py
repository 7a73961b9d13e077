"""The project's own promises: its layers, who owns which library, and a README that stays true."""

import ast
import doctest
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from click.testing import CliRunner

from archiver.cli import cli

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "archiver"

OWNERS = {
    "PIL": "archiver.capture.images",
    "bagit": "archiver.exports.bag",
    "cdxj_indexer": "archiver.exports.wacz",
    "click": "archiver.cli",
    "cryptography": "archiver.evidence.timestamps",
    "datasette": "archiver.browse",
    "jinja2": "archiver.render",
    "protego": "archiver.fetch.robots",
    "pyarrow": "archiver.exports.parquet",
    "rapidfuzz": "archiver.likeness",
    "requests": "archiver.fetch",
    "rfc3161_client": "archiver.evidence.timestamps",
    "sqlite3": "archiver.store",
    "sqlite_utils": "archiver.store",
    "stopwordsiso": "archiver.languages",
    "urllib3": "archiver.fetch",
    "uvicorn": "archiver.browse",
    "warcio": "archiver.warc",
}
"""Library → the one module or package that may import it (design: one owner per library)."""

PURE = (
    *("archiver.records", "archiver.errors", "archiver.times", "archiver.urls", "archiver.platforms", "archiver.find"),
    *("archiver.identity", "archiver.quotes", "archiver.likeness", "archiver.when", "archiver.cdx", "archiver.policy"),
    *("archiver.capture.sources", "archiver.languages"),
)
"""Modules without input or output, which a process pool or a Spark executor may run as they are."""

IO = (
    "asyncio click ctypes fcntl glob http io jinja2 logging mmap multiprocessing os requests rich shelve shutil "
    "signal socket sqlite3 sqlite_utils ssl subprocess sys tempfile threading urllib.request"
)

LATE = frozenset(
    {"PIL", "bagit", "cdxj_indexer", "cryptography", "pyarrow", "requests", "rfc3161_client", "stopwordsiso", "warcio"}
)
"""Libraries that few commands need and that take long to load, or need not be installed."""

BANNED_NAMES = frozenset({"utils", "util", "helpers", "common", "misc", "manager"})


def module_name(path: Path) -> str:
    """The dotted name of a file of the package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, parsed."""
    return {module_name(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def imported(tree: ast.Module) -> Iterator[str]:
    """The dotted names a module imports, anywhere in it; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute in this project"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def inside(name: str, prefixes: tuple[str, ...] | str) -> bool:
    """Whether a dotted name is one of the prefixes or lies below it."""
    prefixes = (prefixes,) if isinstance(prefixes, str) else prefixes
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def own_imports(tree: ast.Module) -> set[str]:
    """The modules of the package that a module imports."""
    names = (name if name in modules() else name.rpartition(".")[0] for name in imported(tree))
    return {name for name in names if name in modules()}


def test_the_modules_import_each_other_in_no_circle() -> None:
    """There is an order in which every module comes after those it imports."""
    graph = {name: own_imports(tree) - {name} for name, tree in modules().items()}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_a_library_has_one_owner(library: str, owner: str) -> None:
    """Outside its owner nobody imports it."""
    users = [name for name, tree in modules().items() if any(inside(item, library) for item in imported(tree))]
    assert [user for user in users if not inside(user, owner)] == []


def test_the_command_line_is_there_without_what_few_commands_need() -> None:
    """Loading the program loads none of the late libraries."""
    check = f"import sys, archiver.cli; print(sorted({set(LATE)} & sys.modules.keys()))"
    run = [sys.executable, "-c", check]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("name", [name for name in modules() if inside(name, PURE)])
def test_finding_reads_and_writes_nothing(name: str) -> None:
    """A pure module imports no I/O, opens no file, and imports only pure modules of the package."""
    tree = modules()[name]
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    impure = {item for item in imported(tree) if inside(item, tuple(IO.split()))}
    assert impure | (calls & {"open", "print", "input"}) == set()
    assert [item for item in own_imports(tree) if not inside(item, PURE)] == []


def test_every_platform_file_is_registered() -> None:
    """A platform that lies in the folder is looked for; base.py and wordings.py are what they are made of."""
    files = {path.stem for path in (PACKAGE / "platforms").glob("*.py")} - {"__init__", "base", "wordings"}
    assert {platform.name for platform in importlib.import_module("archiver.platforms").PLATFORMS} == files


@pytest.mark.parametrize("name", modules())
def test_a_module_opens_with_one_sentence(name: str) -> None:
    """The first paragraph of its docstring names the thing, and ends like a sentence."""
    first = (ast.get_docstring(modules()[name]) or "").split("\n\n")[0]
    assert first.endswith((".", ":"))


@pytest.mark.parametrize("name", [name for name in modules() if name != "archiver.__main__"])
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_modules_are_named_for_what_they_hold() -> None:
    """No drawer called utils."""
    assert [name for name in modules() if name.rpartition(".")[2] in BANNED_NAMES] == []


# The README.

README = (ROOT / "README.md").read_text("utf-8")


def code_in_readme() -> str:
    """All fenced and inline code of the README."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", README)])


@cache
def help_text(*command: str) -> str:
    """What `archiver … --help` prints, wide enough that nothing is wrapped."""
    return CliRunner().invoke(cli, [*command, "--help"], terminal_width=200).output


def commands_in_help() -> set[str]:
    """The names of the commands that there are."""
    return set(re.findall(r"^  ([a-z]+)(?: |$)", help_text().partition("Commands:")[2], re.MULTILINE))


def test_the_readme_names_only_commands_that_exist() -> None:
    """`archiver WORD` in its code is a command, and each command is named there."""
    assert set(re.findall(r"\barchiver ([a-z]+)\b", code_in_readme())) == commands_in_help()


def test_the_readme_names_only_options_that_exist() -> None:
    """Each `--option` on a line with `archiver COMMAND` is in that command's help."""
    lines = re.findall(r"\barchiver ([a-z]+)\b(.*)", code_in_readme())
    named = {(command, option) for command, rest in lines for option in re.findall(r"--[a-z-]+", rest)}
    assert [(command, option) for command, option in sorted(named) if option not in help_text(command)] == []


def test_the_readme_names_only_make_targets_that_exist() -> None:
    """`make WORD` in its code is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^(?:\$ )?make ([a-z]+)", code_in_readme(), re.MULTILINE)) <= targets


def test_the_platform_that_the_readme_adds_is_found_by_its_own_examples() -> None:
    """The file shown under “Add a platform”, registered and nothing else done, does what its examples say."""
    code = re.search(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert code
    check = """
import archiver.platforms as platforms
platforms.PLATFORMS += (FERNPOST,)
platforms.BY_NAME[FERNPOST.name] = FERNPOST
from archiver.find import find_embeds
for example in FERNPOST.examples:
    [embed] = find_embeds(example.source, example.format)
    assert {name: getattr(embed, name) for name in example.expect} == dict(example.expect), embed
for format, source in FERNPOST.misses:
    assert find_embeds(source, format) == []
"""
    run = [sys.executable, "-c", code[1] + check]
    subprocess.run(run, check=True, cwd=ROOT)


def test_the_readme_links_only_to_files_that_exist() -> None:
    """A relative link leads to something in the checkout."""
    links = re.findall(r"\]\(([^)#\s]+)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_changelog_has_the_version() -> None:
    """The version of the project file has its section."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\n## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
