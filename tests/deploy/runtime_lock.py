"""The image's lock, taken out of ``requirements.lock``: ``python -m tests.deploy.runtime_lock`` writes it anew.

It holds what the service needs to run and what builds its wheel, in the same versions with the same hashes, and none of
the tools for development.
"""

import re
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
IMAGE_LOCK = ROOT / "deploy" / "requirements.lock"
OURSELVES = "selat-router"
BUILDS_THE_WHEEL = "setuptools"

_HEAD = "# What the image installs, out of requirements.lock. Made by `make lock-image`.\n"


def entries(lock: str) -> dict[str, str]:
    """Return the entries of a lock, with their hashes, by the names of their packages."""
    found = re.findall(r"^[\w.-]+==.*(?:\n    --hash=.*)+", lock, flags=re.MULTILINE)
    return {canonicalize_name(entry.partition("==")[0]): entry for entry in found}


def needed_to_run() -> set[str]:
    """Return the packages that ours needs here, directly or not, none of them for an extra of ours.

    Raises:
        PackageNotFoundError: one is locked and not installed yet; ``make setup`` does.
    """
    seen: set[tuple[str, str]] = set()
    ahead = [(OURSELVES, "")]
    while ahead:
        name, extra = ahead.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for line in requires(name) or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                ahead += [(canonicalize_name(wanted.name), each) for each in ("", *wanted.extras)]
    return {name for name, _ in seen} - {OURSELVES}


def image_lock(lock: str) -> str:
    """Return the lock of the image."""
    locked = entries(lock)
    names = sorted(needed_to_run() | {BUILDS_THE_WHEEL})
    return _HEAD + "".join(locked[name] + "\n" for name in names)


if __name__ == "__main__":
    IMAGE_LOCK.write_text(image_lock(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
