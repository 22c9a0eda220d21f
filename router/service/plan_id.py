"""Names for new plans: ULIDs, which sort by the time they were made."""

import secrets

from router.ports import Clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for another."""

RANDOM_BITS = 80
LENGTH = 26


def new_plan_id(clock: Clock) -> str:
    """Return a new ULID: 48 bits of milliseconds since 1970, then 80 random bits, as 26 characters.

    Source: the ULID specification, https://github.com/ulid/spec.
    """
    milliseconds = int(clock.now().timestamp() * 1000)
    number = milliseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
