"""Building the data of road engines from an extract, and running their servers, as the how-to page tells."""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.roads.install import READY, ROADS

ROOT = Path(__file__).parents[2]
WITHOUT_FERRIES = ROOT / "deploy" / "roads" / "without-ferries.lua"
MALTA = ROOT.parent / "shared" / "data" / "osm" / "malta.osm.pbf"
DATA_VERSION = "malta-1"
BUILD_SECONDS = 300
START_SECONDS = 30.0
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Engines:
    """The programs in ``.roads``."""

    venv: Path

    @property
    def osrm(self) -> Path:
        """The package of OSRM: ``bin`` and ``share/profiles``."""
        return next(self.venv.glob("lib/python3*/site-packages/osrm"))

    @property
    def valhalla(self) -> Path:
        """The package of Valhalla: ``bin``."""
        return next(self.venv.glob("lib/python3*/site-packages/valhalla"))

    def build_osrm(self, extract: Path, profile: str, *, ferries: bool = False) -> Path:
        """Return OSRM's data for a profile, for ``--algorithm mld``; built where they are not yet."""
        what = (extract.read_bytes(), WITHOUT_FERRIES.read_bytes(), profile.encode(), str(ferries).encode())
        return _built(
            f"osrm-{_digest(*what)}", lambda into: self._osrm(extract, profile, into, ferries=ferries)
        )

    def build_valhalla(self, extract: Path) -> Path:
        """Return a directory with Valhalla's tiles, for all costing models; built where they are not yet."""
        return _built(f"valhalla-{_digest(extract.read_bytes())}", lambda into: self._valhalla(extract, into))

    def _osrm(self, extract: Path, profile: str, into: Path, *, ferries: bool) -> None:
        profiles = self.osrm / "share" / "profiles"
        lua = profiles / f"{profile}.lua" if ferries else WITHOUT_FERRIES
        shutil.copyfile(extract, into / "data.osm.pbf")
        environment = {"PROFILE": profile, "LUA_PATH": f"{profiles}/?.lua;;"}
        programs = self.osrm / "bin"
        extracting = ("--threads", "1", "--data_version", DATA_VERSION, "--profile", str(lua), "data.osm.pbf")
        _run(into, environment, programs / "osrm-extract", *extracting)
        for step in ("partition", "customize"):
            _run(into, environment, programs / f"osrm-{step}", "--threads", "1", "data.osrm")

    def _valhalla(self, extract: Path, into: Path) -> None:
        config = into / "build.json"
        config.write_text(json.dumps(self.valhalla_config(into / "tiles")))
        _run(into, {}, self.valhalla / "bin" / "valhalla_build_tiles", "-c", str(config), str(extract))

    def valhalla_config(self, tiles: Path, *options: str) -> dict[str, object]:
        """Return Valhalla's settings."""
        maker = self.venv / "bin" / "valhalla_build_config"
        all_options = ("--mjolnir-tile-dir", str(tiles), "--mjolnir-concurrency", "1", *options)
        made = subprocess.run([maker, *all_options], check=True, capture_output=True, timeout=BUILD_SECONDS)
        config: dict[str, object] = json.loads(made.stdout)
        return config


def engines() -> Engines | None:
    """Return the engines; ``None`` where ``make roads`` has not been run."""
    return Engines(ROADS / "venv") if READY.exists() else None


class Server:
    """A server that can be killed and started again under the same address."""

    def __init__(self, command: list[str | Path], port: int, directory: Path) -> None:
        """Name its command, the port that the command says, and where it is run (OSRM dislikes dots in paths)."""
        self._command = command
        self._directory = directory
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start it, and return when it listens."""
        self._process = subprocess.Popen(
            self._command, cwd=self._directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while not _listens(self._port):
            assert self._process.poll() is None, f"{self._command[0]} ended"
            assert time.monotonic() < deadline, f"{self._command[0]} does not listen"
            time.sleep(LOOK_SECONDS)

    def kill(self) -> None:
        """Kill it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def osrm_server(engines: Engines, data: Path, *options: str) -> Iterator[Server]:
    """Run an OSRM server over data of ``build_osrm`` as long as the block lasts."""
    port = free_port()
    command: list[str | Path] = [
        engines.osrm / "bin" / "osrm-routed",
        "--algorithm",
        "mld",
        "--ip",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with _running(Server([*command, "--threads", "1", *options, "data.osrm"], port, data)) as server:
        yield server


@contextlib.contextmanager
def valhalla_server(engines: Engines, data: Path, *, hard_exclusions: bool = True) -> Iterator[Server]:
    """Run a Valhalla server over data of ``build_valhalla`` as long as the block lasts."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="selat-") as sockets:  # their paths must be short
        ways = {
            "httpd-service-loopback": "loopback",
            "httpd-service-interrupt": "interrupt",
            **{f"{part}-service-proxy": part for part in ("loki", "thor", "odin", "meili")},
        }
        options = [word for name, file in ways.items() for word in (f"--{name}", f"ipc://{sockets}/{file}")]
        listen = ["--httpd-service-listen", f"tcp://127.0.0.1:{port}"]
        exclusions = ["--service-limits-allow-hard-exclusions", str(hard_exclusions)]
        config = Path(sockets) / "valhalla.json"
        config.write_text(json.dumps(engines.valhalla_config(data / "tiles", *options, *listen, *exclusions)))
        command: list[str | Path] = [engines.valhalla / "bin" / "valhalla_service", config, "1"]
        with _running(Server(command, port, data)) as server:
            yield server


@contextlib.contextmanager
def _running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as calling:
        return calling.connect_ex(("127.0.0.1", port)) == 0


def _built(name: str, build: Callable[[Path], None]) -> Path:
    """Return the directory of that name, built by ``build`` whole or not at all."""
    done = ROADS / "data" / name
    if not done.exists():
        done.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=done.parent) as beginning:
            making = Path(beginning) / name
            making.mkdir()
            build(making)
            making.rename(done)
    return done


def _digest(*parts: bytes) -> str:
    return hashlib.blake2b(b"".join(parts), digest_size=8).hexdigest()


def _run(directory: Path, environment: Mapping[str, str], *command: str | Path) -> None:
    subprocess.run(
        command,
        cwd=directory,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        timeout=BUILD_SECONDS,
    )
