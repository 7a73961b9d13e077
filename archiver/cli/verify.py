"""`verify`: whether an archive and its evidence are whole, and as they were."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver import store
from archiver.cli.options import db_option, json_option, option, quiet_option
from archiver.cli.output import print_json, write_text
from archiver.render.words import count_words
from archiver.talk import Talk, printable

if TYPE_CHECKING:
    from archiver.evidence import Finding, Looked

DAMAGED = 1
"""The exit status where anything is wrong."""


@click.command("verify")
@db_option
@option(
    "--ca-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Certificates (PEM) of those who vouch for the authorities of timestamps.",
)
@option("--strict", is_flag=True, help="Let what may be in order be wrong, too: what a run left that was killed.")
@json_option
@quiet_option
def verify_command(db: Path, ca_file: Path | None, strict: bool, as_json: bool, quiet: bool) -> int:
    """Check that nothing is damaged, missing or changed: the archive, its files, and the evidence beside it.

    Each WARC file is read to its end: each record has to be as its digests say, each capture has to find its record,
    its request and its body where its row says, each manifest has to fit the files and the rows that it vouches for.
    Nothing is written or asked. Ends with status 1 where something is wrong, each in a line with the file and why.

    \b
        archiver verify
        archiver verify --ca-file authority.pem --json
    """
    from archiver.evidence import Looked, load_certificates, verify
    from archiver.warc import evidence_folder

    folder, looked, talk = evidence_folder(db), Looked(), Talk(quiet=quiet or as_json)
    certificates = load_certificates(ca_file) if ca_file else ()
    with store.reading(db) as archive, store.frozen(archive), talk.progress("Verifying", total=_size(folder)):
        findings = list(verify(archive, folder, looked, certificates=certificates, report=talk.advance))
    is_wrong = any(finding.level == "problem" or strict for finding in findings)
    if as_json:
        print_json({"sound": not is_wrong, "looked_at": asdict(looked), "findings": list(map(asdict, findings))})
    elif not quiet or is_wrong:
        write_text("".join((*_counts(db, folder, looked, bool(certificates)), *_lines(findings, is_strict=strict))))
    return DAMAGED if is_wrong else 0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.warc.gz") if path.is_file())


def _counts(db: Path, folder: Path, looked: "Looked", is_chain_checked: bool) -> Iterable[str]:
    """What was looked at, for people."""
    unchecked = " (--ca-file checks by whom)" if looked.timestamps and not is_chain_checked else ""
    rows = (
        (str(db), f"{looked.captures:,} captures, {looked.with_evidence:,} of them answered"),
        ("", f"{looked.members:,} files in it, {looked.large:,} media beside it"),
        (str(folder), f"{looked.files:,} WARC files, {looked.bytes:,} bytes, {looked.records:,} records"),
        ("", f"{looked.manifests:,} manifests, {looked.timestamps:,} of them with a timestamp{unchecked}"),
    )
    width = max(len(name) for name, _ in rows)
    yield from (f"{printable(name):{width}}  {counts}\n" for name, counts in rows)


def _lines(findings: "list[Finding]", *, is_strict: bool) -> Iterable[str]:
    """What was found, for people."""
    for finding in findings:
        yield f"{finding.level}: {printable(finding.where)}: {printable(finding.detail)}\n"
    problems = sum(finding.level == "problem" for finding in findings)
    remarks = len(findings) - problems
    if problems:
        yield f"{count_words(problems, 'problem', 'problems')}.\n"
    if is_strict and remarks:
        counts = "counts as a problem" if remarks == 1 else "count as problems"
        yield f"{count_words(remarks, 'remark', 'remarks')} {counts} (--strict).\n"
    elif not problems:
        yield "Nothing is damaged, missing or changed.\n"
