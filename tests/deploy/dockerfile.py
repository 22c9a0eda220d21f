"""Reads ``deploy/Dockerfile`` as far as it goes: stages, and the instructions in each."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, and the rest with its lines joined."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """Return its arguments, of the JSON form as well."""
        return json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)


def stages(text: str) -> dict[str, list[Instruction]]:
    """Return the instructions of each stage by its name; those before the first are under the empty name."""
    found: dict[str, list[Instruction]] = {"": []}
    stage = ""
    for each in _instructions(text):
        if each.name == "FROM":
            stage = each.words[-1]
            found[stage] = []
        found[stage].append(each)
    return found


def variables(instructions: list[Instruction]) -> dict[str, str]:
    """Return what ``ARG`` and ``ENV`` set, in order, each knowing those before; ``PATH`` is left to the caller."""
    known: dict[str, str] = {}
    for each in instructions:
        if each.name not in ("ARG", "ENV"):
            continue
        for word in each.words:
            name, _, value = word.partition("=")
            known[name] = re.sub(r"\$\{(\w+)\}", lambda found: known.get(found[1], ""), value)
    return known


def _instructions(text: str) -> list[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [Instruction(*line.split(maxsplit=1)) for line in joined.splitlines()]
