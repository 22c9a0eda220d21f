"""Which machine the numbers are from."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine as a reader of the tables wants to know it."""

    processor: str
    cores: int
    system: str
    python: str

    @property
    def name(self) -> str:
        """What tells machines apart in the records."""
        return f"{self.processor}, {self.cores} cores"


def this_machine() -> Machine:
    """Return what is known of this one."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or "unknown processor")
