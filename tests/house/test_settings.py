"""Settings: each is documented; wrong ones stop the start with a sentence that says what to do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app import settings

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"


def test_every_setting_is_documented() -> None:
    text = OPERATING.read_text()
    assert [name for name in settings.VARIABLES if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://x", "Feldweg kennt sqlite"),
        ("FELDWEG_BASE_URL", "lernen.example.org", "Erwartet wird eine Adresse"),
        ("FELDWEG_PROXIES", "viele", "ganze Zahl von 0 bis 10"),
        ("FELDWEG_THREADS", "0", "ganze Zahl von 1 bis 64"),
        ("FELDWEG_SMTP_HOST", "mail.example.org", "FELDWEG_SMTP_FROM nicht"),
        ("FELDWEG_SMTP_STARTTLS", "yes", "ja oder nein"),
        ("FELDWEG_ORG_LOGO", "nirgends.svg", "keine SVG- oder PNG-Datei"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(settings.SettingsError, match=words):
        settings.load({"FELDWEG_DATA": str(tmp_path), name: value})


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(settings.SettingsError, match="lässt sich nicht anlegen"):
        settings.load({"FELDWEG_DATA": str(tmp_path / "file" / "data")})


def test_keys_are_made_once_and_only_for_their_owner(tmp_path: Path) -> None:
    first = settings.load({"FELDWEG_DATA": str(tmp_path)})
    again = settings.load({"FELDWEG_DATA": str(tmp_path)})
    assert (first.session_key, first.answers_key) == (again.session_key, again.answers_key)
    assert first.session_key != first.answers_key
    assert stat.S_IMODE((tmp_path / "keys" / "answers.key").stat().st_mode) == 0o600


def test_a_damaged_key_stops_the_start(tmp_path: Path) -> None:
    settings.load({"FELDWEG_DATA": str(tmp_path)})
    (tmp_path / "keys" / "answers.key").write_bytes(b"short")
    with pytest.raises(settings.SettingsError, match="aus Ihrer Sicherung"):
        settings.load({"FELDWEG_DATA": str(tmp_path)})


def test_postgresql_addresses_get_their_driver(tmp_path: Path) -> None:
    loaded = settings.load({"FELDWEG_DATA": str(tmp_path), "DATABASE_URL": "postgresql://u@h/d"})
    assert loaded.database_url == "postgresql+psycopg://u@h/d"
