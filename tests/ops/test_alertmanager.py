"""The example for Alertmanager: pages wake somebody, tickets do not, and no secret stands in it."""

import re
import subprocess

import pytest

from tests.ops.expressions import ROOT, Rule, alerts, read
from tests.ops.tools import HOW_TO_GET_THEM, found

EXAMPLE = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"
AMTOOL = found("amtool")
RECEIVERS = {"page": "pages", "ticket": "tickets"}

needs_amtool = pytest.mark.skipif(AMTOOL is None, reason=HOW_TO_GET_THEM)


def amtool(*words: str) -> str:
    done = subprocess.run([str(AMTOOL), *words], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_amtool
def test_alertmanager_takes_the_example() -> None:
    amtool("check-config", str(EXAMPLE))


@needs_amtool
@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule.alert)
def test_an_alert_reaches_whom_its_severity_says(rule: Rule) -> None:
    severity = rule.labels["severity"]
    labels = (f"alertname={rule.alert}", f"severity={severity}")
    amtool(
        "config",
        "routes",
        "test",
        f"--config.file={EXAMPLE}",
        f"--verify.receivers={RECEIVERS[severity]}",
        *labels,
    )


def test_only_alerts_that_exist_silence_and_are_silenced() -> None:
    names = [rule.alert for rule in alerts()]
    rules = read(EXAMPLE)["inhibit_rules"]
    assert rules
    for rule in rules:
        for matcher in (*rule["source_matchers"], *rule["target_matchers"]):
            label, pattern = re.fullmatch(r'(\w+) =~? "?(.+?)"?', matcher).groups()  # type: ignore[union-attr]
            assert label == "alertname"
            for each in pattern.split("|") if "(" not in pattern else [pattern]:
                assert any(re.fullmatch(each, name) for name in names), each


def test_only_alerts_of_one_installation_silence_each_other() -> None:
    rules = read(EXAMPLE)["inhibit_rules"]
    assert all("installation" in rule["equal"] for rule in rules)


def test_no_page_is_silenced_by_a_ticket() -> None:
    severity = {rule.alert: rule.labels["severity"] for rule in alerts()}
    for rule in read(EXAMPLE)["inhibit_rules"]:
        sources = _meant(rule["source_matchers"][0], severity)
        targets = _meant(rule["target_matchers"][0], severity)
        assert {severity[name] for name in sources} == {"page"}
        assert not set(sources) & set(targets)


def test_the_example_holds_no_secret() -> None:
    text = EXAMPLE.read_text()
    assert not re.search(r"^\s*\w*(password|token|secret|key)\w*:", text, re.MULTILINE | re.IGNORECASE)
    assert "credentials:" not in text


def _meant(matcher: str, names: dict[str, str]) -> list[str]:
    pattern = matcher.partition("=")[2].lstrip("~").strip(' "')
    return [name for name in names if re.fullmatch(pattern, name)]
