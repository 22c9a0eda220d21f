"""``docs/errors.md`` and the code know the same names."""

import re
from pathlib import Path

import pytest

from router.checking import REPLAN_RULES, RULES
from router.domain.changes import ChangeReason
from router.domain.plan import ReasonCode
from router.errors import RoadFailure
from router.wire.faults import FaultCode, WarningCode
from router.wire.problem_document import ProblemKind

PAGE = Path(__file__).parents[3] / "docs" / "errors.md"
CHAPTERS: dict[str, set[str]] = {
    "Kinds of problem": set(ProblemKind),
    "Faults of a request": set(FaultCode),
    "Warnings": set(WarningCode),
    "Failures of a plan": set(RoadFailure),
    "Reasons why a stop is left out": set(ReasonCode),
    "Reasons why a stop changed hands": set(ChangeReason),
    "Rules of the referee": {rule.__name__ for rule in (*RULES, *REPLAN_RULES)},
}


def _chapters() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_has_these_chapters() -> None:
    assert _chapters().keys() == CHAPTERS.keys()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_name_has_a_heading_and_every_heading_a_name(chapter: str) -> None:
    headings = re.findall(r"^#{3,4} ([\w-]+)$", _chapters()[chapter], flags=re.MULTILINE)
    sections = {
        heading for heading in headings if heading not in {"Times", "Meaning", "Travel", "Limits", "Feeds"}
    }
    assert sections == CHAPTERS[chapter]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_section_says_what_to_do(chapter: str) -> None:
    sections = re.split(r"^#{3,4} (?=[\w-]+$)", _chapters()[chapter], flags=re.MULTILINE)[1:]
    silent = [s.split("\n")[0] for s in sections if s.count("\n") > 3 and "*What to do:*" not in s]
    assert silent == []
