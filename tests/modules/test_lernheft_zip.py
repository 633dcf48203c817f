"""…/lernheft.zip: everything one wrote as text files, and as data with its history."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import yaml
from markdown_it import MarkdownIt

from app.extensions import transaction
from app.modules.lernheft_markdown import escaped, files, quoted
from app.quizzes import service as quizzes
from tests.modules.doors import LEARNERS, course, knock
from tests.modules.lernheft_files import HOSTILE, QUESTION, WITH_REVIEW, write_everything
from tests.modules.test_lernheft_pdf import with_text
from tests.progress.cohort import CANARY, everything_private


@pytest.fixture
def anna_wrote(app, cast, pinned):
    pinned(WITH_REVIEW)
    write_everything(app, cast.anna)


@pytest.fixture
def fetch(client_for, cast):
    """`fetch(person)`: name -> text of the files in the archive."""

    def get(person):
        with zipfile.ZipFile(io.BytesIO(client_for(person).get(course(cast, "lernheft.zip")).data)) as packed:
            assert packed.testzip() is None
            return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}

    return get


def front(text: str) -> dict[str, str]:
    _, head, _ = text.split("---\n", 2)
    found: dict[str, str] = yaml.safe_load(head)
    return found


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "lernheft.zip"))) == LEARNERS


def test_how_it_is_sent(client_for, cast):
    answer = client_for(cast.anna).get(course(cast, "lernheft.zip"))
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=lernheft-klein.zip"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_names_of_files(fetch, cast, anna_wrote):
    assert list(fetch(cast.anna)) == ["lernheft.md", "01-ankommen.md", "02-feld.md", "daten.json"]


def test_the_beginning(fetch, cast, anna_wrote):
    text = fetch(cast.anna)["lernheft.md"]
    assert (
        text.split("---\n", 2)[2]
        == f"""
# Lernheft: Kleiner Kurs

Anna Kolb, Kohorte Nord, Stand: 3. Juli 2026

## Meine Ausgangsfragen

### Wo ist das Feld?

Stand: verändert

- Willkommen, 3. Juli 2026, 11:00 Uhr: **notiert**: {QUESTION}
- Halt am Morgen, 3. Juli 2026, 15:00 Uhr: **verändert**: Wo ist das Feld?

## Meine Schlagworte am Anfang

- Willkommen: Zaun, Kiez

## Dazugekommene Schlagworte

- Halt am Morgen: Aneignung

## Meine Wünsche vom Ankommen

- mitreden (mit der Gruppe geteilt): **erfüllt**
- Ruhe (nur für mich)

## Was ich unterwegs geschrieben habe

- [1 · Ankommen](01-ankommen.md)
- [2 · Vom Fall zum Feld](02-feld.md)

## Frühere Eintragungen

Diese Fragen stehen in der jetzigen Fassung des Kurses nicht mehr.

*3. Juli 2026, 15:00 Uhr*

> Was war?{"  "}
> Viel
"""
    )


def test_a_module(fetch, cast, anna_wrote):
    text = fetch(cast.anna)["01-ankommen.md"]
    assert (
        text.split("---\n", 2)[2]
        == f"""
# 1 · Ankommen

## Willkommen

*3. Juli 2026, 11:00 Uhr*

**Was sehen Sie zuerst?**

> Den Platz{"  "}
> und den Zaun
>
> und dann den Kiosk

## Fragen zum Ankommen

Wissensfragen bearbeitet: 1 von 3

## Halt am Morgen

### Zwischenhalt

*3. Juli 2026, 15:00 Uhr*

**Welche Einsicht möchten Sie behalten?**

> Erst hinsehen
"""
    )


def test_each_file_says_whose_it_is(fetch, cast, anna_wrote):
    found = fetch(cast.anna)
    digest = json.loads(found["daten.json"])["kurs"]["fassung"]
    about = {
        "name": "Anna Kolb", "kurs": "Kleiner Kurs", "kohorte": "Kohorte Nord", "fassung": digest[:12],
        "datum": "2026-07-03",
    }  # fmt: skip
    assert front(found["lernheft.md"]) == {"titel": "Lernheft", **about}
    assert front(found["02-feld.md"]) == {"titel": "2 · Vom Fall zum Feld", **about}


def test_an_empty_one_says_so(fetch, cast):
    found = fetch(cast.anna)
    assert list(found) == ["lernheft.md", "daten.json"]
    assert "In diesem Lernheft steht noch nichts." in found["lernheft.md"]
    assert json.loads(found["daten.json"])["antworten"] == []


def test_only_ones_own(app, fetch, cast):
    everything_private(app, cast, [cast.anna, cast.frida])
    assert all(CANARY in text for text in fetch(cast.anna).values())
    assert all(CANARY not in text for text in fetch(cast.bela).values())


def test_the_same_moment_gives_the_same_bytes(client_for, cast, anna_wrote):
    client = client_for(cast.anna)
    address = course(cast, "lernheft.zip")
    assert client.get(address).data == client.get(address).data


def test_making_it_writes_nothing(cast, client_for, statements, anna_wrote):
    with statements() as seen:
        client_for(cast.anna).get(course(cast, "lernheft.zip"))
    assert all(statement.startswith("SELECT") for statement in seen), seen


# --------------------------------------------------------------------- all data


def test_the_data_have_every_version(app, fetch, cast):
    def save(text: str, base: int, client_id: str) -> None:
        body = {"entries": [{"q": "Was sehen Sie zuerst?", "a": text}]}
        with app.app_context(), transaction():
            quizzes.record(
                cast.anna.enrolment_id, "w1-3", body, client_id=client_id, base_version=base, done=True
            )

    save("erst", 0, "geraet-0001")
    save("dann", 1, "geraet-0002")
    save("verloren", 1, "geraet-0003")
    data = json.loads(fetch(cast.anna)["daten.json"])
    assert data["format"] == "feldweg-lernheft/1"
    assert (data["name"], data["kohorte"]) == ("Anna Kolb", "Kohorte Nord")
    assert data["erstellt"] == "2026-07-03T09:00:00+00:00"
    (answer,) = data["antworten"]
    assert (answer["block"], answer["art"], answer["seite"]) == ("w1-3", "freitext", "Willkommen")
    assert answer["version"] == 2
    assert answer["erledigt"] == "2026-07-03T09:00:00+00:00"
    assert answer["inhalt"]["entries"][0]["a"] == "dann"
    told = [
        (each["version"], each["beruht_auf"], each["inhalt"]["entries"][0]["a"]) for each in answer["verlauf"]
    ]
    assert told == [(1, 0, "erst"), (2, 1, "dann"), (None, 1, "verloren")]


def test_the_data_stand_in_the_order_of_the_way(fetch, cast, anna_wrote):
    blocks = [answer["block"] for answer in json.loads(fetch(cast.anna)["daten.json"])["antworten"]]
    assert blocks == ["w-ankommen", "w1-1", "w1-2", "w1-3", "q1-1", "l1-1", "rueck", "case-1", "gone-1"]
    gone = json.loads(fetch(cast.anna)["daten.json"])["antworten"][-1]
    assert (gone["art"], gone["seite"]) == (None, None)


# --------------------------------------------------------------------- Markdown


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_viewer_shows_what_was_written(text):
    found = files(with_text(text))["01-eins.md"].split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(found)
    shown = ["".join(part.content for part in token.children) for token in tokens if token.type == "inline"]
    assert shown == [f"1 · {text}", text, text, "3. Juli 2026, 11:00 Uhr", text, text, f"({text})"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("# Titel", "> \\# Titel"),
        ("#hashtag bleibt", "> #hashtag bleibt"),
        ("> zitiert", "> \\> zitiert"),
        ("eins\n---", "> eins  \n> \\---"),
        ("eins\n===", "> eins  \n> \\==="),
        ("- - -", "> \\- - -"),
        ("- Kita\n- Hort", "> - Kita  \n> - Hort"),
        ("1. Kita", "> 1. Kita"),
        ("    vier", "> \u00a0\u00a0\u00a0\u00a0vier"),
        ("<b>", "> \\<b>"),
        ("snake_case und _so_", "> snake_case und \\_so\\_"),
        ("A & B, &amp;", "> A & B, \\&amp;"),
        ("", ">"),
        ("eins\n\nzwei", "> eins\n>\n> zwei"),
    ],
)
def test_quotes(text, safe):
    assert quoted(text) == safe


def test_marks_say_nothing():
    assert escaped("*a* `b` [c](d) \\ ~~e~~ |") == "\\*a\\* \\`b\\` \\[c](d) \\\\ \\~\\~e\\~\\~ \\|"
