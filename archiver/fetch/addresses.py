"""Addresses: which of the internet's a request may go to, as rules on numbers, and the names that stand for others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Subnet = IPv4Network | IPv6Network

METADATA = frozenset({ip_address("168.63.129.16")})
"""Where a cloud tells its machines their secrets, at an address that is not among the special ones: Azure's WireServer
(https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16). Others are link-local or private.
"""

NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses that lead to the IPv4 address in their last 32 bits (RFC 6052)."""

SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "100::/64", "3fff::/20", "5f00::/16")))
"""Networks that are not public and that Python calls so only from later releases of 3.11 and 3.12 on, or not yet
(https://www.iana.org/assignments/iana-ipv4-special-registry/, and the same for IPv6)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """What the user says of the network: `contact` for the User-Agent, the networks that are `allowed` though they are
    not public, and for host names the base addresses that are asked in their place."""

    contact: str
    allowed: tuple[Subnet, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)

    def located(self, url: str) -> str:
        """The address that is asked for `url`: the same, or the one below the base that its host is mapped to."""
        parts = urlsplit(url)
        base = self.hosts.get((parts.hostname or "").lower())
        if base is None:
            return url
        query = f"?{parts.query}" if parts.query else ""
        return f"{base.rstrip('/')}{parts.path or '/'}{query}"

    def named(self, url: str) -> str:
        """The address that `located` makes `url` of, where there is one; else the same.

        >>> Network(contact="", hosts={"x.example": "http://127.0.0.1:80/x/"}).named("http://127.0.0.1:80/x/y?z")
        'https://x.example/y?z'
        """
        for host, base in self.hosts.items():
            if url.startswith(f"{base.rstrip('/')}/"):
                return f"https://{host}{url.removeprefix(base.rstrip('/'))}"
        return url

    def permits(self, address: str) -> bool:
        """Whether a request may go to a numeric address: a public one, or one that the user allows.

        Refused are loopback, private, shared, link-local, multicast, reserved and unspecified addresses and clouds'
        metadata services, also where IPv6 carries them (mapped, 6to4, Teredo, NAT64).

        >>> Network(contact="").permits("::ffff:169.254.169.254"), Network(contact="").permits("2.16.30.83")
        (False, True)
        """
        return all(self._permits(one) for one in _carried(ip_address(address)))

    def _permits(self, address: Address) -> bool:
        if any(address in subnet for subnet in self.allowed):
            return True
        is_special = address in METADATA or any(address in subnet for subnet in SPECIAL)
        return address.is_global and not (address.is_multicast or address.is_reserved or is_special)


def _carried(address: Address) -> Iterator[Address]:
    """The IPv4 addresses that an IPv6 address leads to; else itself."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield from address.teredo
    elif address in NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address
