"""The browser of the tests: found where there is one, installed where we may; ``python -m tests.browser.chromium``.

Playwright would download a browser of its own. We take one that the system keeps up to date instead: the one that
``SELAT_CHROMIUM`` names, else Chromium or Chrome on the path. Where there is none, and we are root on a Debian,
its package is installed; everywhere else the tests in a browser are skipped, and say how to get it.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
"""Without a font, text has no width, and what is laid out by it goes wrong."""

HOW_TO_GET_IT = (
    "no Chromium: install it (Debian: apt-get install chromium; others: Chromium or Chrome), "
    "or name the program in SELAT_CHROMIUM"
)
_INSTALL_SECONDS = 300


def found_chromium() -> str | None:
    """Return the program, or ``None`` where there is none."""
    named = os.environ.get("SELAT_CHROMIUM")
    candidates = (named,) if named else NAMES
    return next((program for name in candidates if (program := shutil.which(name))), None)


def install_or_say_why() -> str | None:
    """Install Debian's package unless there is a browser already; return why not where that cannot be."""
    if found_chromium():
        return None
    if os.environ.get("SELAT_CHROMIUM") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return HOW_TO_GET_IT
    failed = _apt("install", *PACKAGES) and (_apt("update") or _apt("install", *PACKAGES))
    return f"{HOW_TO_GET_IT}\n{failed}" if failed else None


def _apt(*command: str) -> str | None:
    """Run apt-get; return what it said where it failed."""
    options = ("-q", "-y", "--no-install-recommends") if command[0] == "install" else ("-q",)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            ["apt-get", *options, *command],
            env=quiet,
            capture_output=True,
            text=True,
            timeout=_INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return str(late)
    return done.stderr if done.returncode else None


if __name__ == "__main__":
    said = install_or_say_why()
    print(said or f"browser for the tests: {found_chromium()}")  # noqa: T201 - the answer of the command
    sys.exit(0 if said is None or "--if-possible" in sys.argv[1:] else 1)
