"""Alert rules: each is proven to fire and to keep silent, says what to do, and has its place in the runbook."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.ops.expressions import (
    PROMETHEUS,
    ROOT,
    RULE_TESTS,
    RULES,
    Rule,
    alerts,
    every_expression,
    read,
    selectors,
)
from tests.ops.tools import HOW_TO_GET_THEM, found

PROMTOOL = found("promtool")
RUNBOOK = ROOT / "docs" / "runbook.md"

needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason=HOW_TO_GET_THEM)


def promtool(*words: str | Path) -> str:
    done = subprocess.run(
        [str(PROMTOOL), *map(str, words)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_promtool
def test_prometheus_takes_the_configuration() -> None:
    promtool("check", "config", PROMETHEUS / "prometheus.yml")


@needs_promtool
def test_no_rule_is_there_twice_or_odd() -> None:
    promtool("check", "rules", "--lint=all", "--lint-fatal", *RULES)


@needs_promtool
@pytest.mark.parametrize("tests", RULE_TESTS, ids=lambda file: file.stem)
def test_alerts_fire_and_keep_silent_as_their_tests_say(tests: Path) -> None:
    promtool("test", "rules", tests)


def test_every_alert_is_proven_to_fire_and_to_keep_silent() -> None:
    fires: set[str] = set()
    silent: set[str] = set()
    for file in RULE_TESTS:
        for case in read(file)["tests"]:
            for look in case["alert_rule_test"]:
                (fires if look["exp_alerts"] else silent).add(look["alertname"])
    named = {rule.alert for rule in alerts()}
    assert {"never fire": named - fires, "never silent": named - silent} == {
        "never fire": set(),
        "never silent": set(),
    }
    assert fires | silent == named


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule.alert)
def test_an_alert_says_how_bad_it_is_and_what_to_do(rule: Rule) -> None:
    assert rule.labels["severity"] in {"page", "ticket"}
    assert set(rule.annotations) == {"summary", "description", "runbook"}
    assert "{{" in rule.annotations["description"], "a description tells numbers"
    assert "{{" not in rule.annotations["summary"], "a summary groups alerts: it has to stay the same"
    page, _, anchor = rule.annotations["runbook"].partition("#")
    assert ROOT / page == RUNBOOK
    assert anchor == rule.alert.lower()


def test_the_runbook_has_a_section_for_every_alert_and_none_for_others() -> None:
    sections = re.findall(r"^### (Selat\w+)$", RUNBOOK.read_text(), re.MULTILINE)
    assert sorted(sections) == sorted(rule.alert for rule in alerts())


@pytest.mark.parametrize("part", ["What it means", "Who suffers", "How to look", "What to do"])
def test_every_section_of_the_runbook_has_all_parts(part: str) -> None:
    sections = re.split(r"^### ", RUNBOOK.read_text(), flags=re.MULTILINE)[1:]
    assert [section.split("\n", 1)[0] for section in sections if f"**{part}.**" not in section] == []


def test_the_runbook_asks_prometheus_what_prometheus_understands() -> None:
    asked = re.findall(r"^```promql\n(.*?)^```$", RUNBOOK.read_text(), re.MULTILINE | re.DOTALL)
    lines = [line for block in asked for line in block.splitlines() if line]
    known = {each.name for expression in every_expression() for each in selectors(expression)}
    unknown = {each.name for line in lines for each in selectors(line)} - known
    assert lines
    assert unknown == set(), "metrics that neither rules nor dashboards name, so that nobody looks for them"
