"""Settings come from the environment and cannot be wrong."""

import pytest
from pydantic import ValidationError

from router import bootstrap
from router.settings import Settings


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELAT_PORT", "9000")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/selat")
    settings = Settings()
    assert (settings.port, settings.database_url) == (9000, "postgresql://elsewhere/selat")


def test_they_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_is_served_without_keys(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("SELAT_HOST", host)
    assert Settings().host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])  # noqa: S104
def test_anything_else_is_refused_and_the_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("SELAT_HOST", host)
    with pytest.raises(ValueError, match="loopback"):
        bootstrap.read_settings()
