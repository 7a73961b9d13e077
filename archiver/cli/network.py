"""Options of the network, on the command line and as the table `[network]` of archiver.toml."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archiver.cli.options import option
from archiver.errors import UsageError

_CONTACT = re.compile(r"[!-~]+@[!-~]+|https?://[!-~]+")


class _Contact(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    name = "contact"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not _CONTACT.fullmatch(value):
            self.fail(f"{value!r} is neither a mail address nor an address on the web.", param, ctx)
        return str(value)


class _Subnet(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    name = "cidr"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return ip_network(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"{error}; a network is written as in 10.1.0.0/16.", param, ctx)


class _HostMap(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    name = "host=url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        host, _, url = value.partition("=")
        try:
            parts = urlsplit(url)
            is_base = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
        except ValueError:
            is_base = False
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)*", host) or not is_base:
            self.fail(f"{value!r} is not written as in publish.x.com=http://127.0.0.1:8080.", param, ctx)
        return host.lower(), url


contact_option = option(
    "--contact", type=_Contact(), metavar="MAIL|URL", help="Whom a platform can write to about your requests."
)
allow_net_option = option(
    "--allow-net",
    multiple=True,
    type=_Subnet(),
    metavar="CIDR",
    help="A network that may be asked though it is not public.",
)
host_map_option = option(
    "--host-map",
    multiple=True,
    type=_HostMap(),
    metavar="HOST=URL",
    help="Ask below URL for what is at HOST: a mirror or a proxy.",
)


timestamp_option = option(
    "--timestamp",
    metavar="URL",
    default=None,
    callback=lambda _, __, value: _checked_address(value),
    help="An authority to ask for a timestamp of what was captured (RFC 3161).",
)


def _checked_address(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"https?://[!-~]+", value):
        raise click.BadParameter(f"{value!r} is no address on the web.")
    return value


def network_defaults(path: Path, table: Any) -> dict[str, Any]:
    """The options that the table `[network]` of archiver.toml sets. Raises UsageError where it is wrong."""
    if not isinstance(table, dict):
        raise UsageError(f"{path}: network is a table, as in [network]")
    if unknown := sorted(table.keys() - {"contact", "allow", "hosts", "timestamp"}):
        raise UsageError(f"{path}: [network] has no {unknown[0]}; it has contact, allow, hosts and timestamp")
    texts = {name: table[name] for name in ("contact", "timestamp") if name in table}
    allow, hosts = table.get("allow", []), table.get("hosts", {})
    for name, value in texts.items():
        if not isinstance(value, str):
            raise UsageError(f"{path}: {name} in [network] takes text in quotes, not {value!r}")
    if not isinstance(allow, list) or not all(isinstance(one, str) for one in allow):
        raise UsageError(f'{path}: allow in [network] takes a list, as in ["10.1.0.0/16"], not {allow!r}')
    if not isinstance(hosts, dict) or not all(isinstance(one, str) for one in hosts.values()):
        raise UsageError(f'{path}: [network.hosts] has lines as in "publish.x.com" = "http://127.0.0.1:8080"')
    return {"allow_net": allow, "host_map": [f"{host}={url}" for host, url in hosts.items()], **texts}
