"""The `feldweg` command: what it understands, and which function does it. German, for people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import commands
from app.database import AlreadyRunning, DatabaseTooNew, MigrationFailed
from app.settings import SettingsError

_BAD_USE = 2


class Parser(argparse.ArgumentParser):
    """argparse with German headings and errors."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Format, **options)  # type: ignore[arg-type]
        self._positionals.title = "Angaben"
        self._optionals.title = "Schalter"
        self.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(
            f"Das hat Feldweg nicht verstanden: {_german(message)}\nMehr dazu: feldweg.py --help",
            file=sys.stderr,
        )
        sys.exit(_BAD_USE)


class _Format(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        # argparse asks with an empty prefix when it composes the name of a command of a command
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns its exit status."""
    given = _parser().parse_args(list(arguments))
    try:
        status: int = given.run(given)
    except (SettingsError, DatabaseTooNew, MigrationFailed, AlreadyRunning) as error:
        print(str(error), file=sys.stderr)
        return _BAD_USE
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> Parser:
    parser = Parser(
        prog="feldweg.py",
        description="Feldweg: aus einem Ordner mit Markdown wird eine ganze Fortbildung.\n"
        "Ohne Angaben startet Feldweg; ist die Datenbank noch leer, mit Kurs und Beispielkohorte.",
    )
    parser.set_defaults(run=commands.start)
    actions = parser.add_subparsers(title="Befehle", metavar="BEFEHL", parser_class=Parser)
    _add_serve(actions)
    _add_course_commands(actions)
    _add_operating_commands(actions)
    _add_mail_commands(actions)
    test = actions.add_parser("test", help="die Tests laufen lassen (für Entwickler:innen)")
    test.set_defaults(run=commands.tests_need_the_door)
    return parser


def _add_serve(actions: argparse._SubParsersAction[Parser]) -> None:
    serve = actions.add_parser("serve", help="den Server starten")
    serve.add_argument("--demo", action="store_true", help="mit Beispielkohorte; nur auf leerer Datenbank")
    serve.add_argument(
        "--host", default="127.0.0.1", help="Adresse, auf der Feldweg lauscht (sonst 127.0.0.1)"
    )
    serve.add_argument("--port", type=int, default=8000, help="Anschluss (sonst 8000)")
    serve.set_defaults(run=commands.serve)


def _add_course_commands(actions: argparse._SubParsersAction[Parser]) -> None:
    check = actions.add_parser(
        "check", help="einen Kursordner prüfen: alle Fehler auf einmal, mit Datei und Zeile"
    )
    check.add_argument("folder", metavar="ORDNER", type=Path)
    check.add_argument("--fix", action="store_true", help="fehlende Kennungen in die Dateien schreiben")
    check.add_argument("--json", action="store_true", help="die Liste als JSON ausgeben")
    check.set_defaults(run=commands.check)
    publish = actions.add_parser(
        "publish", help="einen Kursordner als neue, unveränderliche Fassung veröffentlichen"
    )
    publish.add_argument("folder", metavar="ORDNER", type=Path)
    publish.add_argument("--note", default="", metavar="SATZ", help="ein Satz dazu, was sich geändert hat")
    publish.add_argument(
        "--as", dest="author", default="Befehlszeile", metavar="NAME", help="wer veröffentlicht"
    )
    publish.set_defaults(run=commands.publish)
    export = actions.add_parser("export", help="die Quellen einer Fassung als Ordner ausgeben")
    export.add_argument("folder", metavar="ORDNER", type=Path, help="ein Ordner, den es noch nicht gibt")
    export.add_argument("--edition", type=int, metavar="NR", help="welche Fassung (sonst die neueste)")
    export.set_defaults(run=commands.export)


def _add_operating_commands(actions: argparse._SubParsersAction[Parser]) -> None:
    _add_user_commands(actions)
    backup = actions.add_parser("backup", help="Datenbank und Schlüssel in eine Datei sichern")
    backup.add_argument(
        "file", metavar="DATEI", type=Path, help="z. B. sicherung.zip; darf es noch nicht geben"
    )
    backup.set_defaults(run=commands.backup)
    restore = actions.add_parser(
        "restore", help="eine Sicherung zurückspielen (Feldweg darf dabei nicht laufen)"
    )
    restore.add_argument("file", metavar="DATEI", type=Path)
    restore.set_defaults(run=commands.restore)


def _add_user_commands(actions: argparse._SubParsersAction[Parser]) -> None:
    user = actions.add_parser(
        "user", help="Zugänge für Organisation und Trainer:innen: anlegen, auflisten, sperren"
    )

    def show_help(_given: argparse.Namespace) -> int:
        user.print_help()
        return 0

    user.set_defaults(run=show_help)
    deeds = user.add_subparsers(title="Befehle", metavar="BEFEHL", parser_class=Parser)
    add = deeds.add_parser("add", help="einen Zugang anlegen; das Passwort wird abgefragt")
    add.add_argument("email", metavar="E-MAIL")
    add.add_argument("--name", required=True, help="Vor- und Nachname")
    add.add_argument(
        "--role", action="append", required=True, choices=["admin", "organiser", "trainer"],
        help="admin, organiser (Organisation) oder trainer; mehrfach möglich",
    )  # fmt: skip
    add.set_defaults(run=commands.add_user)
    deeds.add_parser("list", help="alle Zugänge mit ihren Rollen").set_defaults(run=commands.list_users)
    password = deeds.add_parser("password", help="ein neues Passwort setzen, wenn es vergessen wurde")
    password.add_argument("email", metavar="E-MAIL")
    password.set_defaults(run=commands.set_password)
    lock = deeds.add_parser("lock", help="einen Zugang sperren")
    lock.add_argument("email", metavar="E-MAIL")
    lock.add_argument("--open", action="store_true", help="die Sperre wieder aufheben")
    lock.set_defaults(run=commands.lock_user)


def _add_mail_commands(actions: argparse._SubParsersAction[Parser]) -> None:
    mail = actions.add_parser("mail", help="Mails, die zurückkamen, in Feldweg vermerken")

    def show_help(_given: argparse.Namespace) -> int:
        mail.print_help()
        return 0

    mail.set_defaults(run=show_help)
    deeds = mail.add_subparsers(title="Befehle", metavar="BEFEHL", parser_class=Parser)
    bounce = deeds.add_parser(
        "bounce",
        help="eine Rücksendung von der Standardeingabe lesen und die Mail dazu vermerken",
        description="Liest die Nachricht, mit der ein Mailserver eine Mail zurückgibt, von der Standardeingabe.\n"
        "Feldweg findet die Mail dazu und zeigt sie im Postausgang. Für Weiterleitungen gedacht\n"
        "(.forward, docs/operating.md); von Hand: feldweg.py mail bounce < datei.eml",
    )
    bounce.set_defaults(run=commands.bounce)


def _german(message: str) -> str:
    """argparse's usual complaints, in German."""
    for english, german in (
        ("the following arguments are required:", "es fehlt:"),
        ("unrecognized arguments:", "unbekannte Angabe:"),
        ("invalid choice:", "nicht möglich:"),
        ("choose from", "möglich sind"),
        ("expected one argument", "hier fehlt ein Wert"),
        ("invalid int value:", "das ist keine ganze Zahl:"),
        ("argument ", ""),
    ):
        message = message.replace(english, german)
    return message
