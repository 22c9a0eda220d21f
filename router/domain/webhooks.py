"""Which addresses may be called on behalf of a tenant: what a caller names must not reach into our own network."""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

IpAddress = IPv4Address | IPv6Address


class Reception(StrEnum):
    """What became of one attempt at telling a webhook."""

    RECEIVED = "received"
    FAILED = "failed"
    """It may be tried again."""

    REFUSED = "refused"
    """It will never be received."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """An attempt and, for the log and for the operator, why it ended so; nothing that the receiver said."""

    reception: Reception
    reason: str


_URL = re.compile(r"[!-\[\]-~]+")
"""Visible ASCII without the backslash, which readers of URLs disagree about."""

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\]")

_NAMES_OF_THIS_MACHINE = ("localhost", "ip6-localhost", "localhost.localdomain")

_CARRIERS_OF_IPV4 = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
"""IPv6 addresses that stand for IPv4 ones: NAT64, 6to4, Teredo and the old compatible form."""

_SHARED = ip_network("100.64.0.0/10")
"""Carriers' own networks (RFC 6598); some clouds answer there with their secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRules:
    """What a webhook's URL may be.

    Attributes:
        http: Whether messages may go out unencrypted.
        private_addresses: Whether loopback and private networks may be called: for tests, and for companies that
            have the service to themselves. Link-local addresses, where clouds keep their secrets, never are.
    """

    http: bool = False
    private_addresses: bool = False

    def objection(self, url: str) -> str | None:
        """Return what speaks against a URL, as far as its text tells; ``None`` where nothing does."""
        parts = _parts(url)
        if parts is None or not parts.hostname:
            return "it is no absolute URL such as https://example.com/selat"
        if parts.scheme != "https" and not (self.http and parts.scheme == "http"):
            return "its scheme is not " + ("https or http" if self.http else "https")
        if "@" in parts.netloc:
            return "it holds a user name or password"
        return self._objection_to_host(parts.hostname)

    def forbids(self, address: IpAddress) -> bool:
        """Return whether nothing at this address may be called."""
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if address.is_loopback:
            return not self.private_addresses
        if any(address in network for network in _CARRIERS_OF_IPV4):
            return True
        if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
            return True
        return not self.private_addresses and (not address.is_global or address in _SHARED)

    def _objection_to_host(self, host: str) -> str | None:
        if host.rstrip(".").lower() in _NAMES_OF_THIS_MACHINE and not self.private_addresses:
            return "it leads to the service itself"
        try:
            address = ip_address(host)
        except ValueError:
            return None
        return "its address is none of the public internet" if self.forbids(address) else None


PUBLIC_HTTPS = WebhookRules()
"""The rules of a service that sets none of its own."""


def _parts(url: str) -> SplitResult | None:
    if not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        named = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")
    except ValueError:  # brackets that hold no address, or a port that is none
        return None
    return parts if parts.port != 0 and _HOST.fullmatch(named) else None
