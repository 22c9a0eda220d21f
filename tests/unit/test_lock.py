"""What is installed is what was locked: nothing comes in whose files nobody has seen."""

import re
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
OURSELVES = {"selat-router"}
OF_PYTHON = {"pip", "setuptools", "wheel"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    return {
        normal(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, flags=re.MULTILINE)
    }


def test_every_package_is_locked_to_one_version_with_the_hashes_of_its_files() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked()) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_nothing_else_is_installed_in_other_versions() -> None:
    installed = {normal(each.metadata["Name"]): each.version for each in distributions()}
    pins = locked()
    others = {name: version for name, version in installed.items() if pins.get(name) != version}
    assert others.keys() - OURSELVES - OF_PYTHON == set()


def test_the_lock_names_no_place_to_download_from() -> None:
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", LOCK)
