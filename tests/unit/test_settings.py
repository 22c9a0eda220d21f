"""Settings come from the environment and cannot be wrong."""

import pytest
from pydantic import ValidationError

from router import bootstrap
from router.settings import Settings, is_loopback


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELAT_PORT", "9000")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/selat")
    settings = Settings()
    assert (settings.port, settings.database_url) == (9000, "postgresql://elsewhere/selat")


def test_they_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_only_this_machine_reaches_loopback_addresses(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "example.org", ""])  # noqa: S104
def test_others_reach_anything_else(host: str) -> None:
    assert not is_loopback(host)


def test_what_cannot_be_is_told_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELAT_RETENTION_DAYS", "-1")
    with pytest.raises(ValueError, match="SELAT_RETENTION_DAYS"):
        bootstrap.read_settings()
