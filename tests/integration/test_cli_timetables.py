"""Timetables on the command line: feeds become files, and requests are solved with files and built-in networks."""

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from router.cli.commands import app
from tests.timetables import Json, feed, request, timetable


def run(*arguments: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, document: Json) -> Path:
    path = Path(name)
    path.write_bytes(orjson.dumps(document))
    return path


def test_a_feed_becomes_a_file_that_plans_can_be_made_with() -> None:
    Path("feed.zip").write_bytes(feed())
    said = run("import-gtfs", "feed.zip", "-o", "out.json", "--check-in-seconds", "60", "--currency", "EUR")
    assert "1 line between 2 ports" in said
    document = orjson.loads(Path("out.json").read_bytes())
    assert (document["currency"], document["lines"][0]["check_in_seconds"]) == ("EUR", 60)


def test_a_feed_with_faults_is_told_by_file_and_row() -> None:
    Path("bad.zip").write_bytes(feed(agency=None))
    said = run("import-gtfs", "bad.zip", code=2)
    assert "bad.zip/agency.txt" in said
    assert "gtfs_missing_file" in said


def test_a_request_is_solved_and_checked_with_a_file() -> None:
    strait, asked = written("strait.json", timetable()), written("request.json", request())
    run("solve", asked, "--timetables", strait, "-o", "plan.json")
    plan = orjson.loads(Path("plan.json").read_bytes())
    assert plan["totals"]["crossings"] == 2
    assert "no rule is broken" in run("check", asked, "plan.json", "--timetables", strait)


def test_a_name_that_is_neither_a_file_nor_built_in_is_told() -> None:
    said = run("solve", written("request.json", request()), "--timetables", "nowhere", code=1)
    assert "indonesia" in said
    said = run("solve", written("request.json", request("nowhere")), code=2)
    assert "unknown_timetable" in said


def test_faults_of_a_file_are_told_by_its_name() -> None:
    faulty = written("faulty.json", timetable({"times": ["x"]}))
    said = run("solve", written("request.json", request()), "--timetables", faulty, code=2)
    assert "faulty.json/lines/0/services/0/times/0" in said
