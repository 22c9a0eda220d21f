"""What the documentation says is so: its examples run as printed, its links lead somewhere, its lists are complete.

A page marks the fenced block that follows by a comment of its own line:

- ``<!-- run -->``: run it. ``console``: each ``$ command``, followed by what it prints; ``bash``: a script;
  ``python``: a program. ``<!-- run: exits 1 -->`` expects that exit code of the last command, and
  ``<!-- run: service -->`` a running service, whose address stands in for ``http://127.0.0.1:8080``.
- ``<!-- prints -->``: what the block before has printed.
- ``<!-- file: NAME -->``: a file, there from then on.
- ``<!-- not run: WHY -->``: it is not run, and says why. Nothing else may go without being run: commands, programs and
  JSON without a mark fail.

The blocks of a page run in order, in one directory. In what is printed ``…`` stands for anything, and white
space does not matter.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from aiohttp import web

from router.api.endpoints import endpoints
from router.cli.commands import app
from router.settings import Settings
from tests.running_service import RunningService

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PRINTED_ADDRESS = "http://127.0.0.1:8080"
PATIENCE_SECONDS = 180

EXAMPLES = frozenset({"bash", "sh", "shell", "console", "python", "json", "javascript"})
"""Languages of blocks that somebody might copy; ``text``, ``mermaid`` and the like only show something."""

_BLOCK = re.compile(
    r"^<!-- (run|prints|file)(?:: (.+?))? -->\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_ANY_BLOCK = re.compile(r"(?:^<!-- (.+?) -->\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"(run|prints|file: .+|run: .+|not run: .{10,})")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:router|tests|proto|benchmarks|docs)/[\w./-]+)`")
_MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block: what is to be done with it, a word more about that, its language, its text."""

    mark: str
    more: str
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [
        Block(mark, more, language, text) for mark, more, language, text in _BLOCK.findall(page.read_text())
    ]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service whose worker is ready to solve."""
    with RunningService(tmp_path_factory.mktemp("documented")) as running:
        running.wait_for_event("worker_ready")
        yield running


# Examples run as printed.


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=named)
def test_examples_run_as_printed(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    marked = blocks(page)
    needs_service = any(block.more == "service" for block in marked)
    url = request.getfixturevalue("service").url if needs_service else PRINTED_ADDRESS
    shell = Shell.at(tmp_path, url)
    printed = ""
    for block in marked:
        if block.mark == "file":
            (shell.folder / block.more).write_text(block.text)
        elif block.mark == "prints":
            assert_printed(printed, block.text, page.name)
        else:
            printed = shell.run(block)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_example_goes_without_being_run_or_saying_why(page: Path) -> None:
    unmarked = [
        text.strip().split("\n")[0]
        for mark, language, text in _ANY_BLOCK.findall(page.read_text())
        if language in EXAMPLES and not _MARK.fullmatch(mark)
    ]
    assert unmarked == []


@dataclass(frozen=True, slots=True)
class Shell:
    """A reader's terminal: a directory, an environment with ``router`` in it, and the address of the service."""

    folder: Path
    environment: Mapping[str, str]
    url: str

    @classmethod
    def at(cls, root: Path, url: str) -> Self:
        """Set one up below ``root``."""
        folder, commands = root / "work", root / "bin"
        folder.mkdir()
        commands.mkdir()
        router = commands / "router"
        router.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m router "$@"\n')
        router.chmod(0o755)
        ours = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("SELAT_")}
        path = os.pathsep.join([str(commands), str(Path(sys.executable).parent), ours["PATH"]])
        settings = {"SELAT_DATA_DIR": str(root / "data"), "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
        return cls(folder, {**ours, **settings, "PATH": path}, url)

    def run(self, block: Block) -> str:
        """Run a block, compare what it prints where the block says so, and return that."""
        code = int(block.more.removeprefix("exits ")) if block.more.startswith("exits ") else 0
        if block.language == "console":
            return self._console(block.text, code)
        program = ["bash", "-euo", "pipefail"] if block.language == "bash" else [sys.executable]
        return self._output([*program, "-c", block.text], code)

    def _console(self, text: str, code: int) -> str:
        turns = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
        printed = ""
        for number, turn in enumerate(turns, start=1):
            command, _, expected = turn.partition("\n")
            printed = self._output(["bash", "-c", command], code if number == len(turns) else 0)
            assert_printed(printed, expected, command)
        return printed

    def _output(self, command: list[str], code: int) -> str:
        command = [word.replace(PRINTED_ADDRESS, self.url) for word in command]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert done.returncode == code, f"{command[-1]}\nexits {done.returncode}, not {code}:\n{done.stdout}"
        return done.stdout


def assert_printed(printed: str, expected: str, what: str) -> None:
    parts = [re.escape(" ".join(part.split())) for part in expected.split("…")]
    found = re.fullmatch(r"\s*" + ".*".join(parts) + r"\s*", " ".join(printed.split()), re.DOTALL)
    assert found is not None, f"{what}\nprints:\n{printed}\nand not:\n{expected}"


# Links, paths and make targets exist.


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for link in _LINK.findall(_prose(page)):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if link.startswith(("https://", "http://")):
            continue
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            dead.append(link)
    assert dead == []


def test_the_index_of_the_documentation_names_every_page() -> None:
    """No page is an orphan. Decisions are found in their folder, which the index names."""
    index = ROOT / "docs" / "README.md"
    named_there = {(index.parent / link.partition("#")[0]).resolve() for link in _LINK.findall(_prose(index))}
    pages = {page for page in PAGES if page.is_relative_to(index.parent) and page.parent.name != "adr"}
    assert pages - named_there == {index}
    assert index.parent / "adr" in named_there
    assert "(docs/README.md)" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_that_are_named_exist(page: Path) -> None:
    assert [path for path in _PATH.findall(page.read_text()) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_knows_what_it_is_asked_for(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(_MAKE.findall(page.read_text())) <= set(targets)


def _prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


# Lists are complete.


def test_the_readme_names_every_endpoint() -> None:
    async def metrics(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    written = set(re.findall(r"`(GET|POST|PUT|DELETE) ([^`?]+)(?:\?[^`]*)?`", _section("The service")))
    assert written == {(each.method, each.path) for each in endpoints(metrics)}


def test_the_readme_names_every_command() -> None:
    written = set(re.findall(r"^\| `router ([a-z-]+)", _section("The command line"), re.MULTILINE))
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    groups = {group.typer_instance.info.name for group in app.registered_groups if group.typer_instance}
    assert written == commands | groups


def test_every_setting_is_documented_once() -> None:
    written = re.findall(
        r"^\| `(?:SELAT_)?([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE
    )
    assert sorted(written) == sorted(name.upper() for name in Settings.model_fields)


def test_the_readme_says_how_to_test() -> None:
    """Continuous integration runs what the README tells people to run."""
    assert "make test" in _section("Two commands")
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("make test")


def _section(heading: str) -> str:
    """Return a section of the README."""
    return (ROOT / "README.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
