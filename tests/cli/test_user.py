"""`feldweg.py user`: accounts of staff are listed, get new passwords, are locked and opened."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

ADD = ("user", "add", "olga@example.org", "--name", "Olga Sommer", "--role", "organiser")


@pytest.fixture
def olga(run: Run) -> None:
    assert run(*ADD, typed="ein langer Satz\n").returncode == 0


def test_accounts_are_listed_with_their_roles(run: Run, olga: None) -> None:
    assert run("user", "list").stdout == "olga@example.org  Olga Sommer  organiser\n"


def test_an_account_is_locked_and_opened(run: Run, olga: None) -> None:
    assert run("user", "lock", "olga@example.org").stdout == "olga@example.org ist gesperrt.\n"
    assert run("user", "list").stdout.endswith("(gesperrt)\n")
    assert run("user", "lock", "olga@example.org", "--open").stdout == "olga@example.org ist wieder offen.\n"
    assert "gesperrt" not in run("user", "list").stdout


def test_a_new_password_is_set(run: Run, olga: None) -> None:
    done = run("user", "password", "Olga@example.org", typed="noch ein Satz\n")
    assert (done.returncode, "neu gesetzt" in done.stdout) == (0, True)


@pytest.mark.parametrize("deed", ["password", "lock"])
def test_an_unknown_account_is_named(run: Run, deed: str) -> None:
    done = run("user", deed, "niemand@example.org", typed="ein langer Satz\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "niemand@example.org gibt es nicht" in done.stderr


def test_an_account_is_added_once(run: Run, olga: None) -> None:
    again = run(*ADD, typed="ein langer Satz\n")
    assert (again.returncode, "gibt es schon" in again.stderr) == (2, True)


def test_a_short_password_is_refused(run: Run) -> None:
    done = run("user", "add", "o@example.org", "--name", "O", "--role", "trainer", typed="kurz\n")
    assert (done.returncode, "zu kurz" in done.stderr) == (2, True)
