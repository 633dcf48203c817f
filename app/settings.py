"""The environment as one frozen value; the only reader of os.environ. Refuses to start when something is wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.sealing import KEY_BYTES

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting that does not work, as a German sentence for whoever starts Feldweg."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How letters leave: by SMTP. `host` empty means that Feldweg sends no mail."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    starttls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who issues certificates. `logo` is the path of an SVG or PNG file, or None."""

    name: str
    address: str
    logo: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data: Path
    database_url: str
    base_url: str
    trusted_proxies: int
    threads: int
    session_key: bytes
    answers_key: bytes
    mail: Mail
    organisation: Organisation

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")


# Every variable with its default and what it is for; docs/operating.md names each (a house test keeps that).
VARIABLES: dict[str, tuple[str, str]] = {
    "FELDWEG_DATA": ("data", "Ordner für Datenbank, Schlüssel und Sicherungen"),
    "DATABASE_URL": ("", "andere Datenbank statt SQLite, z. B. postgresql://…"),
    "FELDWEG_BASE_URL": (
        "",
        "öffentliche Adresse, steht in Links und QR-Codes, z. B. https://lernen.example.org",
    ),
    "FELDWEG_PROXIES": ("0", "Zahl der Reverse-Proxys davor, denen die Absenderadresse geglaubt wird"),
    "FELDWEG_THREADS": ("8", "Zahl gleichzeitig bearbeiteter Anfragen"),
    "FELDWEG_SMTP_HOST": ("", "Mailserver; leer: es wird keine E-Mail verschickt"),
    "FELDWEG_SMTP_PORT": ("587", "Port des Mailservers"),
    "FELDWEG_SMTP_USER": ("", "Anmeldename am Mailserver"),
    "FELDWEG_SMTP_PASSWORD": ("", "Passwort am Mailserver"),
    "FELDWEG_SMTP_FROM": ("", "Absenderadresse der Mails"),
    "FELDWEG_SMTP_STARTTLS": ("ja", "ja oder nein: Verbindung zum Mailserver verschlüsseln"),
    "FELDWEG_ORG_NAME": ("Beispielträger", "Name der ausstellenden Stelle auf Bescheinigungen"),
    "FELDWEG_ORG_ADDRESS": ("", "Anschrift der ausstellenden Stelle, Zeilen mit | getrennt"),
    "FELDWEG_ORG_LOGO": ("", "Pfad zu einem Logo (SVG oder PNG) für die Bescheinigung"),
}


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, make missing keys, and check everything. Raises SettingsError."""
    source = os.environ if environ is None else environ
    value = {name: source.get(name) or default for name, (default, _) in VARIABLES.items()}
    data = Path(value["FELDWEG_DATA"]).resolve()
    _make_folder(data)
    return Settings(
        data=data,
        database_url=_database_url(value["DATABASE_URL"], data),
        base_url=_base_url(value["FELDWEG_BASE_URL"]),
        trusted_proxies=_number(value, "FELDWEG_PROXIES", 0, 10),
        threads=_number(value, "FELDWEG_THREADS", 1, 64),
        session_key=_key(data, "session.key"),
        answers_key=_key(data, "answers.key"),
        mail=_mail(value),
        organisation=_organisation(value),
    )


def _make_folder(data: Path) -> None:
    try:
        (data / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"Der Datenordner {data} lässt sich nicht anlegen ({error.strerror}). "
            "Bitte geben Sie mit FELDWEG_DATA einen Ordner an, in den Feldweg schreiben darf."
        ) from error


def _database_url(url: str, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'feldweg.db'}"
    scheme = url.split(":", 1)[0]
    if scheme in ("postgresql", "postgres"):
        return "postgresql+psycopg" + url[len(scheme) :]
    if scheme in ("sqlite", "postgresql+psycopg"):
        return url
    raise SettingsError(
        f"DATABASE_URL beginnt mit „{scheme}“. Feldweg kennt sqlite:///… und postgresql://…; bitte ändern Sie den Wert."
    )


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise SettingsError(
            f"FELDWEG_BASE_URL ist „{url}“. Erwartet wird eine Adresse wie https://lernen.example.org ohne Pfad."
        )
    return url.rstrip("/")


def _number(value: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = value[name]
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(f"{name} ist „{text}“. Erwartet wird eine ganze Zahl von {low} bis {high}.")
    return int(text)


def _key(data: Path, name: str) -> bytes:
    """The key in this file; made on the first start, readable by its owner only."""
    path = data / "keys" / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
    else:
        key = secrets.token_bytes(KEY_BYTES)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
    if len(key) != KEY_BYTES:
        raise SettingsError(
            f"Die Schlüsseldatei {path} hat {len(key)} statt {KEY_BYTES} Bytes. "
            "Bitte spielen Sie sie aus Ihrer Sicherung zurück; ohne sie sind private Texte nicht lesbar."
        )
    return key


def _mail(value: Mapping[str, str]) -> Mail:
    host, sender = value["FELDWEG_SMTP_HOST"], value["FELDWEG_SMTP_FROM"]
    if host and "@" not in sender:
        raise SettingsError(
            "FELDWEG_SMTP_HOST ist gesetzt, FELDWEG_SMTP_FROM nicht: Bitte geben Sie die Absenderadresse an."
        )
    return Mail(
        host=host,
        port=_number(value, "FELDWEG_SMTP_PORT", 1, 65535),
        user=value["FELDWEG_SMTP_USER"],
        password=value["FELDWEG_SMTP_PASSWORD"],
        sender=sender,
        starttls=_yes(value, "FELDWEG_SMTP_STARTTLS"),
    )


def _yes(value: Mapping[str, str], name: str) -> bool:
    text = value[name].lower()
    if text not in ("ja", "nein"):
        raise SettingsError(f"{name} ist „{value[name]}“. Erwartet wird ja oder nein.")
    return text == "ja"


def _organisation(value: Mapping[str, str]) -> Organisation:
    logo = Path(value["FELDWEG_ORG_LOGO"]) if value["FELDWEG_ORG_LOGO"] else None
    if logo and (logo.suffix.lower() not in (".svg", ".png") or not logo.is_file()):
        raise SettingsError(f"FELDWEG_ORG_LOGO zeigt auf {logo}. Dort liegt keine SVG- oder PNG-Datei.")
    return Organisation(
        name=value["FELDWEG_ORG_NAME"],
        address=value["FELDWEG_ORG_ADDRESS"].replace("|", "\n"),
        logo=logo,
    )
