"""Follows ``deploy/Dockerfile`` where no container engine is at hand: ``python -m tests.deploy.rehearsal``.

Each instruction is carried out as written, at the paths that it names, in a mount namespace whose ``/opt``, ``/src``
and ``/tmp`` are its own and which ends with it. Then an unprivileged user runs ``router`` through the entry point on a
read-only tree, against a PostgreSQL outside: migrate, make a key, serve, work, and solve a plan. Takes some minutes,
root, and the registry that pip is set up for. What it cannot show is the base image itself.
"""

# ruff: noqa: T201, S108  (a command that tells what it does; /tmp is that of the namespace)

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.deploy.dockerfile import DOCKERFILE, Instruction, stages, variables
from tests.own_postgres import OwnPostgres
from tests.running_service import a_request

ROOT = Path(__file__).parents[2]
SOURCES = Path("/src")
PORT = 18080
PATIENCE_SECONDS = 120.0
UNPRIVILEGED = (
    "setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "--no-new-privs",
    "--inh-caps=-all", "--bounding-set=-all",
)  # fmt: skip


def main() -> None:
    """Enter a namespace of our own, then build and run there."""
    if "--inside" not in sys.argv:
        command = ["unshare", "--mount", sys.executable, "-m", "tests.deploy.rehearsal", "--inside"]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if not any(SOURCES.iterdir()):
            SOURCES.rmdir()  # what was in it has gone with the namespace
        sys.exit(done.returncode)
    with tempfile.TemporaryDirectory() as outside, ExitStack() as stack:
        postgres = stack.enter_context(OwnPostgres(Path(outside) / "postgres"))
        _lay_paths()
        parts = stages(DOCKERFILE.read_text(encoding="utf-8"))
        began = time.monotonic()
        for each in parts["build"]:
            _carry_out(each, parts["build"])
        print(f"built in {time.monotonic() - began:.0f} s", flush=True)
        _finish(parts["runtime"])
        _use(variables(parts["runtime"]) | {"DATABASE_URL": postgres.url, "SELAT_PORT": str(PORT)})


def _lay_paths() -> None:
    """Put this Python where the image has it, and empty places of our own where the image is built."""
    SOURCES.mkdir(exist_ok=True)
    _run("mount", "--bind", str(Path(sys.base_prefix)), "/usr/local")
    for place in ("/opt", "/src"):
        _run("mount", "-t", "tmpfs", "tmpfs", place)


def _carry_out(each: Instruction, stage: list[Instruction]) -> None:
    known = variables(stage[: stage.index(each) + 1])
    where = [other.rest for other in stage[: stage.index(each)] if other.name == "WORKDIR"]
    if each.name == "RUN":
        began = time.monotonic()
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/src", **_of_this_machine(), **known}
        _run("sh", "-c", each.rest, cwd=where[-1], env=environment)
        print(f"{time.monotonic() - began:5.0f} s  RUN {each.rest[:100]}", flush=True)
    elif each.name == "COPY":
        *sources, target = [word for word in each.words if not word.startswith("--")]
        for source in sources:
            _copy(ROOT / source, Path(where[-1]) / target)


def _of_this_machine() -> dict[str, str]:
    """Return how this machine reaches a package index; what it has in ``/opt`` is out of sight."""
    return {n: v for n, v in os.environ.items() if n.startswith("PIP_") and n != "PIP_FIND_LINKS"}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


def _finish(runtime: list[Instruction]) -> None:
    """Add what the last stage copies from the checkout, and let nobody write any more."""
    for each in runtime:
        if each.name == "COPY" and "--from=build" not in each.words:
            source, target = each.words[-2:]
            shutil.copy2(ROOT / source, target)
            Path(target).chmod(0o755)
    _run("du", "-sh", "/opt/selat")
    _run("mount", "-o", "remount,bind,ro", "/usr/local")
    _run("mount", "-o", "remount,ro", "/opt")
    _run("umount", "/src")
    _run("mount", "-t", "tmpfs", "-o", "mode=1777,nosuid,nodev,noexec", "tmpfs", "/tmp")


def _use(settings: dict[str, str]) -> None:
    settings = settings | {
        "PATH": "/opt/selat/bin:/usr/local/bin:/usr/bin:/bin",
        "LD_LIBRARY_PATH": "/usr/local/lib",
    }
    print(_router(settings, "migrate").split()[-1])
    key = _router(settings, "keys", "create", "rehearsal").split()[-1]
    with ExitStack() as stack:
        for arguments in (("serve", "--api"), ("work",)):
            running = subprocess.Popen(
                [*UNPRIVILEGED, "/opt/selat/bin/entrypoint", *arguments], env=settings, cwd="/tmp"
            )
            stack.callback(running.wait, 30)
            stack.callback(running.terminate)
        began = time.monotonic()
        _until_answered("/readyz", key)
        print(f"ready after {time.monotonic() - began:.1f} s")
        plan_id = _call("/v1/plans", key, a_request(stops=12, time_limit=2))["id"]
        while (plan := _call(f"/v1/plans/{plan_id}", key))["status"] not in ("succeeded", "failed"):
            assert time.monotonic() - began < PATIENCE_SECONDS
            time.sleep(0.2)
        took = time.monotonic() - began
        print(f"{plan['status']} {took:.1f} s after the start, with {len(plan['plan']['routes'])} routes")
        assert plan["status"] == "succeeded"
        _run("ps", "-u", "10001", "-o", "rss,args", "--sort=-rss", "--cols=100")
    made = [each for each in Path("/tmp").rglob("*.nb[ic]") if not each.is_symlink()]
    print(f"compiled at run time: {len(made)} files")
    assert not made


def _router(settings: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [*UNPRIVILEGED, "/opt/selat/bin/entrypoint", *arguments],
        env=settings, cwd="/tmp", check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def _until_answered(path: str, key: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _call(path, key)
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return


def _call(path: str, key: str, body: object = None) -> Any:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    raw = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"http://127.0.0.1:{PORT}{path}", raw, headers), timeout=30) as answer:
        return json.load(answer)


def _run(*command: str, cwd: str = "/", env: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd, env=env)


if __name__ == "__main__":
    main()
