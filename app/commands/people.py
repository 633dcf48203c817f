"""Accounts of staff."""

from __future__ import annotations

import getpass
import sys

from app.access import Role
from app.accounts import service as accounts
from app.commands.common import Given, ready_app, stop
from app.extensions import transaction

SHORTEST_PASSWORD = 10


def add_user(given: Given) -> int:
    """Create an account for staff; the password is asked for, or read from standard input."""
    if "@" not in given.email:
        return stop(f"„{given.email}“ ist keine E-Mail-Adresse.")
    password = _new_password()
    if password is None:
        return 2
    app = ready_app()
    try:
        with app.app_context(), transaction():
            roles = frozenset(Role(name) for name in given.role)
            accounts.create_staff(given.name, given.email, password, roles)
    except accounts.EmailTaken:
        return stop(f"Einen Zugang mit {given.email} gibt es schon.")
    print(f"Zugang für {given.name} angelegt ({', '.join(sorted(given.role))}).")
    return 0


def set_password(given: Given) -> int:
    """Give an account a new password; all its sessions end."""
    app = ready_app()
    with app.app_context():
        if accounts.find_by_email(given.email) is None:
            return stop(f"Einen Zugang mit {given.email} gibt es nicht. Welche es gibt: feldweg.py user list")
        password = _new_password()
        if password is None:
            return 2
        with transaction():
            accounts.set_password(given.email, password)
    print(
        f"Das Passwort von {given.email} ist neu gesetzt. Wer damit angemeldet war, muss sich neu anmelden."
    )
    return 0


def list_users(_given: Given) -> int:
    """Print all accounts of staff."""
    app = ready_app()
    with app.app_context():
        for user in accounts.staff():
            state = "" if user.active else "  (gesperrt)"
            print(f"{user.email}  {user.name}  {', '.join(sorted(user.role_names))}{state}")
    return 0


def lock_user(given: Given) -> int:
    """Lock an account, or open it again; nothing it did is lost."""
    app = ready_app()
    with app.app_context():
        if accounts.find_by_email(given.email) is None:
            return stop(f"Einen Zugang mit {given.email} gibt es nicht. Welche es gibt: feldweg.py user list")
        with transaction():
            accounts.set_active(given.email, active=given.open)
    print(f"{given.email} ist {'wieder offen' if given.open else 'gesperrt'}.")
    return 0


def _new_password() -> str | None:
    """A password, asked for twice by a person, read once from a pipe; None after saying why it will not do."""
    if sys.stdin.isatty():
        password = getpass.getpass("Neues Passwort (wird nicht angezeigt): ")
        if getpass.getpass("Noch einmal: ") != password:
            stop("Die beiden Eingaben sind nicht gleich. Bitte versuchen Sie es noch einmal.")
            return None
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST_PASSWORD:
        stop(f"Das Passwort ist zu kurz, es braucht mindestens {SHORTEST_PASSWORD} Zeichen.")
        return None
    return password
