"""Finding out where a host is, once, and whether it may be called there."""

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from router.domain.webhooks import WebhookRules

THREADS = 4
"""The system's resolver blocks. It gets threads of its own, so that slow name servers hold up nothing else."""


class AddressForbidden(Exception):
    """A host is at an address that may not be called."""


class Addresses:
    """The addresses of hosts, as far as the rules allow to call them."""

    def __init__(self, rules: WebhookRules) -> None:
        """Go by these rules."""
        self._rules = rules
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="webhook names")

    async def of(self, host: str, port: int) -> tuple[ResolveResult, ...]:
        """Return where the host is.

        Raises:
            AddressForbidden: one of its addresses may not be called. The others are not used either: whoever
                mixes them is up to something.
            OSError: it has none.
        """
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port)
        for each in found:
            if self._rules.forbids(ip_address(each["host"].partition("%")[0])):
                raise AddressForbidden
        return found


class PinnedResolver(AbstractResolver):
    """Knows one host, and answers what was found out about it before: no second look, no second answer."""

    def __init__(self, addresses: Sequence[ResolveResult]) -> None:
        """Answer these addresses."""
        self._addresses = addresses

    async def resolve(
        self,
        host: str,  # noqa: ARG002  (there is one only)
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,
    ) -> list[ResolveResult]:
        """Return the addresses of a family."""
        return [each for each in self._addresses if family in (socket.AF_UNSPEC, each["family"])]

    async def close(self) -> None:
        """Have nothing to close."""


def _look_up(host: str, port: int) -> tuple[ResolveResult, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=port,
            family=family,
            proto=proto,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for family, _, proto, _, address in found
        if family in (socket.AF_INET, socket.AF_INET6)
    )
