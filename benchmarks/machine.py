"""What a measurement ran on: a number without it says nothing."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("ortools", "numba", "numpy")


def machine() -> dict[str, str]:
    """Return processor, cores and versions, for people."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
