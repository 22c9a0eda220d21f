"""The threat model claims nothing that no test shows: each row names tests, and all of them exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "concepts" / "threat-model.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| \*\*(API\d+)\*\* (.+)$", PAGE, flags=re.MULTILINE))
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def test_the_ten_risks_are_answered() -> None:
    assert list(ROWS) == [f"API{number}" for number in range(1, 11)]


@pytest.mark.parametrize("risk", ROWS)
def test_every_answer_names_a_test(risk: str) -> None:
    assert re.search(r"`tests/[\w/]+\.py", ROWS[risk])


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part or "whole file")
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert {each for each in tests if each.startswith("test_")}
    assert not name or name in tests
