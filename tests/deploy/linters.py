"""The linters of what is under ``deploy/``, in an environment of their own: ``make linters`` makes ``.linters``."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy" / "helm" / "selat"
PROGRAMS = ROOT / ".linters" / "bin"
KUBERNETES = "1.33.0"

Json = dict[str, Any]


def hadolint(dockerfile: str) -> list[str]:
    """Return what hadolint says of a Dockerfile."""
    done = _run("hadolint", "--format", "json", "-", text=dockerfile)
    return [f"{each['code']}: {each['message']}" for each in json.loads(done.stdout)]


def compose_lint(file: Path) -> list[str]:
    """Return what compose-lint says of a file; that images have no digest is left to those who deploy."""
    done = _run("compose-lint", "check", "--format", "json", "--no-env", "--fail-on", "low", str(file))
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)["findings"]
    return [f"{each['rule_id']}: {each['message']}" for each in found if each["rule_id"] != "CL-0019"]


def helm(cases: Mapping[str, tuple[Path, Json]]) -> dict[str, Json]:
    """Return for each chart and values ``lint``, ``manifests`` and ``refused``, as ``linting.py`` prints them."""
    named = {name: (str(chart), values) for name, (chart, values) in cases.items()}
    asked = {"cases": named, "kubernetes": KUBERNETES}
    done = _run("python", str(Path(__file__).with_name("linting.py")), text=json.dumps(asked))
    assert done.returncode == 0, done.stderr
    answer: dict[str, Json] = json.loads(done.stdout)
    return answer


def _run(program: str, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    path = PROGRAMS / program
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: `make linters` installs it")
    return subprocess.run([path, *arguments], input=text, capture_output=True, text=True, check=False)
