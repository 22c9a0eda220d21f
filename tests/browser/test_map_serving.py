"""The pages are served so that browsers let nothing in and nothing out, and fetch nothing twice."""

import gzip
import json

import pytest

from router.api.pages import POLICY
from router.cli.demo import demo_request
from tests.running_service import RunningService

FILES = ["/web/map/main.js", "/web/map/page.css", "/web/map/id.json", "/web/vendor/maplibre-gl.js"]


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_come_with_a_policy_that_allows_nothing_from_elsewhere_and_nothing_inline(
    service: RunningService, path: str
) -> None:
    headers = service.call("GET", path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert not {"unsafe-inline", "unsafe-eval", "http", "*"} & set(POLICY.replace("'", " ").split())
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", *FILES])
def test_files_are_packed_once_and_known_again(service: RunningService, path: str) -> None:
    plain = service.call("GET", path)
    packed = service.call("GET", path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body
    known = service.call("GET", path, headers={"If-None-Match": plain.headers["ETag"]})
    assert (known.status, known.body) == (304, b"")
    assert plain.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/web/map/none.js", "/web/map/..%2Fdocs%2Findex.html", "/web/etc/passwd"])
def test_there_is_no_way_to_other_files(service: RunningService, path: str) -> None:
    assert service.call("GET", path).status == 404


def test_the_demo_of_the_page_is_the_demo_of_the_package(service: RunningService) -> None:
    assert service.call("GET", "/web/map/demo.json").body == demo_request()


def test_both_languages_have_words_for_the_same_things(service: RunningService) -> None:
    english, indonesian = (service.call("GET", f"/web/map/{each}.json").json for each in ("en", "id"))
    in_one_form = {name for name in english if not name.endswith(".one")}
    assert in_one_form <= indonesian.keys()
    only_there = {name for name in indonesian.keys() - english.keys() if not name.startswith("fault.")}
    assert only_there == set()
    for name in in_one_form:
        assert _gaps(english[name]) == _gaps(indonesian[name]), name


def test_land_is_given_within_a_box_and_refused_without_one(service: RunningService) -> None:
    land = service.call("GET", "/land.geojson?bbox=115.3,-8.9,115.7,-8.6")
    names = {feature["properties"].get("name") for feature in json.loads(land.body)["features"]}
    assert {"Pulau Nusapenida", "Nusa Lembongan"} <= names
    for box in ("", "1,2,3", "115,-8,114,-9", "115,-8,115,-8", "0,0,400,10"):
        assert service.call("GET", f"/land.geojson?bbox={box}").status == 400, box


def _gaps(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
