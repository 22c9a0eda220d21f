"""The image holds what it should and nothing else, and its Dockerfile says so in a form that can be checked."""

import re
import shutil
from pathlib import Path

import pytest

from router.solver import kernel, plain
from tests.deploy.dockerfile import DOCKERFILE, stages, variables
from tests.deploy.linters import hadolint
from tests.deploy.runtime_lock import IMAGE_LOCK, LOCK, entries, image_lock

ROOT = Path(__file__).parents[2]
TEXT = DOCKERFILE.read_text(encoding="utf-8")
STAGES = stages(TEXT)
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_the_linter_has_nothing_to_say() -> None:
    assert hadolint(TEXT) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("python:3.11.15-slim-bookworm\n", "python:latest\n", "DL3007"),
        ("WORKDIR /src", "WORKDIR src", "DL3000"),
        ("COPY router ./router", "ADD router ./router", "DL3020"),
        ("USER 10001:10001", "USER root", "DL3002"),
        ('ENTRYPOINT ["/opt/selat/bin/entrypoint"]', "ENTRYPOINT /opt/selat/bin/entrypoint", "DL3025"),
        ("COPY --from=build /opt/selat /opt/selat", "COPY --from=runtime /opt/selat /opt/selat", "DL3023"),
        ("EXPOSE 8080", "EXPOSE 80800", "DL3011"),
        ("&& /opt/selat/bin/python -m pip install --quiet --require-hashes", "&& sudo pip install", "DL3004"),
    ],
)
def test_the_linter_finds_a_mistake(right: str, wrong: str, rule: str) -> None:
    assert right in TEXT
    said = hadolint(
        TEXT.replace(right, wrong).replace(
            "${PYTHON_IMAGE}", "python:latest" if rule == "DL3007" else "${PYTHON_IMAGE}"
        )
    )
    assert rule in " ".join(said)


def test_the_last_stage_runs_as_a_numbered_user_with_a_health_check() -> None:
    last = {each.name: each for each in STAGES["runtime"]}
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last["USER"].rest)
    assert "/livez" in last["HEALTHCHECK"].rest
    assert last["CMD"].words == ["serve", "--api"]


def test_the_last_stage_installs_nothing() -> None:
    """What comes in comes from the first stage, where every file's hash is looked at."""
    assert [each.rest for each in STAGES["runtime"] if each.name in ("RUN", "ADD")] == []
    installs = [each.rest for each in STAGES["build"] if each.name == "RUN" and "pip install" in each.rest]
    assert all("--require-hashes" in each or "--no-deps --no-build-isolation ." in each for each in installs)


def test_the_search_is_compiled_for_the_processor_that_it_is_loaded_for() -> None:
    """The compiled code of another processor, or of other features, would not be loaded."""
    built, run = variables(STAGES["build"]), variables(STAGES["runtime"])
    assert built["NUMBA_CPU_NAME"] == run["NUMBA_CPU_NAME"] == "x86-64-v3"
    assert built["NUMBA_CPU_FEATURES"] == run["NUMBA_CPU_FEATURES"] == ""
    assert built["NUMBA_CACHE_DIR"] == "/opt/selat/kernels"
    assert run["NUMBA_CACHE_DIR"].startswith("/tmp/")  # noqa: S108  (a path in the image)
    entrypoint = (ROOT / "deploy" / "entrypoint.sh").read_text(encoding="utf-8")
    assert built["NUMBA_CACHE_DIR"] in entrypoint
    assert all(package.__file__ for package in (kernel, plain))


def test_all_that_is_copied_exists_and_is_let_in() -> None:
    copied = [
        source
        for stage in STAGES.values()
        for each in stage
        if each.name == "COPY" and "--from=build" not in each.words
        for source in [word for word in each.words if not word.startswith("--")][:-1]
    ]
    assert len(copied) >= 5
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert [source for source in copied if f"!{source}" not in IGNORED] == []


def test_nothing_else_is_let_in() -> None:
    """An allow-list: no .git, no .env, no data directory can slip into the image by mistake."""
    rules = [line for line in IGNORED if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert all(rule.startswith(("!", "**/")) for rule in rules[1:])


def test_the_image_installs_what_running_needs_from_the_one_lock() -> None:
    assert IMAGE_LOCK.read_text(encoding="utf-8") == image_lock(LOCK.read_text(encoding="utf-8")), (
        "deploy/requirements.lock is not that of requirements.lock: `make setup lock-image` makes it anew"
    )


def test_no_tool_for_development_is_among_it() -> None:
    packed = entries(IMAGE_LOCK.read_text(encoding="utf-8"))
    tools = {"pytest", "mypy", "ruff", "hypothesis", "schemathesis", "grpcio-tools", "pip-tools"}
    assert packed.keys() & tools == set()
    assert packed.keys() >= {"aiohttp", "asyncpg", "numba", "ortools"}
    assert all("--hash=sha256:" in entry for entry in packed.values())


def test_the_entry_point_is_a_shell_script_that_can_be_read(tmp_path: Path) -> None:
    script = ROOT / "deploy" / "entrypoint.sh"
    assert script.stat().st_mode & 0o111
    shell = shutil.which("sh")
    assert shell is not None
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
