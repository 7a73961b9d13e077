"""The command line: one command per arrow of the design, in the order a newcomer needs them."""

from archiver.cli.archive import render_command, run_command
from archiver.cli.capture import capture_command
from archiver.cli.check import check_command
from archiver.cli.exporting import export_command, import_command
from archiver.cli.finding import explain_command, platforms_command, scan_command
from archiver.cli.group import cli, main
from archiver.cli.patch import card_command, patch_command
from archiver.cli.publish import publish_command
from archiver.cli.recover import recover_command
from archiver.cli.report import report_command
from archiver.cli.search import search_command
from archiver.cli.serve import serve_command
from archiver.cli.show import show_command
from archiver.cli.stats import stats_command
from archiver.cli.times import prefixes_command, when_command
from archiver.cli.verify import verify_command

__all__ = ["cli", "main"]

for command in (
    run_command,
    scan_command,
    explain_command,
    when_command,
    prefixes_command,
    platforms_command,
    render_command,
    capture_command,
    check_command,
    recover_command,
    verify_command,
    patch_command,
    card_command,
    report_command,
    search_command,
    show_command,
    stats_command,
    export_command,
    import_command,
    publish_command,
    serve_command,
):
    cli.add_command(command)
