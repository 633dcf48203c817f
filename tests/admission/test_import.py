"""A list of people: preview without writing, confirmation all at once, the same list twice."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.admission import waiting
from app.cohorts import people
from tests.admission.making import deeds, letters, set_seats
from tests.support.cast import Cast
from tests.support.databases import count
from tests.support.doors import DESK, knock

LIST = (
    "Vorname;Nachname;E-Mail;Kostenträger\r\n"
    "Mara;Krüger;mara@example.org;Jugendamt Nord\r\n"
    "Nuri;Aslan;;Caritas\r\n"
    "Anna;Kolb;;\r\n"
)
BROKEN = LIST + "Kaputt;Meier;kaputt@;AWO\r\n"


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/einladen/liste"


def fields(page: Any) -> dict[str, str]:
    """The form of the preview as a browser sends it."""
    form = page.select_one("form.wide")
    return {
        field["name"]: field.get("value", "")
        for field in form.select("input")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }


def preview(client: Any, cast: Cast, text: str | bytes) -> Any:
    data = text.encode("cp1252") if isinstance(text, str) else text
    answer = client.post_form(url(cast), {"datei": (io.BytesIO(data), "liste.csv")})
    assert answer.status_code == 200
    return client_soup(answer)


def client_soup(answer: Any) -> Any:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def buttons(page: Any) -> list[str]:
    return [button.get_text() for button in page.select("form.wide button")]


def names(cast: Cast) -> list[str]:
    return [person.name for person in people.enrolments(cast.nord)]


def test_the_preview_says_what_happens_and_writes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    page = preview(client_for(cast.olga), cast, LIST)
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert "Mara Krüger mara@example.org, Jugendamt Nord neu" in rows[0]
    assert "neu kommt auf eine Karte" in rows[1]
    assert "Anna Kolb schon dabei" in rows[2]
    assert "Kopfzeile" in page.get_text()
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk"]


@pytest.mark.usefixtures("mail")
def test_confirmed_all_come_in_and_letters_leave(
    app: Flask, cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.olga)
    form = fields(preview(client, cast, LIST))
    answer = client.post_form(f"{url(cast)}/aufnehmen", form, follow_redirects=True)
    said = answer.get_data(as_text=True)
    assert "2 Personen sind aufgenommen. 1 Einladung ist unterwegs. 1 Person ohne E-Mail-Adresse" in said
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Mara Krüger", "Nuri Aslan"]
        assert {person.name: person.funder for person in people.enrolments(cast.nord)}[
            "Nuri Aslan"
        ] == "Caritas"
        assert list(letters(app)) == ["mara@example.org"]
        assert deeds(cast.nord) == ["added", "invited", "added"]


def test_the_same_list_twice_adds_nobody(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(f"{url(cast)}/aufnehmen", fields(preview(client, cast, LIST)))
    page = preview(client, cast, LIST)
    assert "3 schon dabei" in page.select_one(".lead").get_text()
    assert buttons(page) == ["Auswahl bestätigen"]  # two are known by their names alone
    assert "Niemand auf dieser Liste kommt neu dazu." in page.select_one("form .note").get_text()
    answer = client.post_form(f"{url(cast)}/aufnehmen", fields(page), follow_redirects=True)
    assert "Niemand wurde doppelt aufgenommen." in answer.get_data(as_text=True)
    with reading():
        assert len(names(cast)) == 4


def test_a_list_of_people_known_for_sure_has_nothing_to_confirm(cast: Cast, client_for: Any) -> None:
    client, text = client_for(cast.olga), "Name;E-Mail\nMara Krüger;mara@example.org\n"
    page = preview(client, cast, text)
    assert buttons(page) == ["Liste aufnehmen"]
    client.post_form(f"{url(cast)}/aufnehmen", fields(page))
    page = preview(client, cast, text)
    assert buttons(page) == []
    [back] = page.select("form.wide .actions a")
    assert (back.get_text(), back["href"]) == (
        "Fertig, zurück zum Einladen",
        f"/kohorten/{cast.nord}/einladen",
    )


def test_what_is_odd_about_a_line_is_named_beside_its_fault(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.olga)
    page = preview(client, cast, "Vorname;Nachname;E-Mail;Träger\nKaputt;;kaputt@;AWO;Diakonie\n")
    assert page.select_one("#z-2-fehler").get_text() == (
        "Die E-Mail-Adresse ist nicht vollständig. Beispiel: name@example.org. Die Zeile hat 5 Spalten, die Liste "
        "4 Spalten. Nicht gelesen ist „Diakonie“. Bitte prüfen Sie, ob die übrigen Felder stimmen. Der Nachname fehlt."
    )
    with reading():
        assert len(names(cast)) == 2


@pytest.mark.parametrize(
    ("more", "status", "listed"),
    [
        ({}, 422, []),
        ({"z-2-stimmt": "1"}, 303, ["Mara"]),
        ({"z-2-name": "Mara Krüger"}, 303, ["Mara Krüger"]),
        ({"z-2-weg": "1"}, 303, []),
    ],
)
def test_a_missing_surname_is_asked_about(
    cast: Cast, client_for: Any, reading: Any, more: dict[str, str], status: int, listed: list[str]
) -> None:
    client = client_for(cast.olga)
    form = fields(preview(client, cast, "Vorname;Nachname;E-Mail\nMara;;mara@example.org\n"))
    answer = client.post_form(f"{url(cast)}/aufnehmen", form | more)
    assert answer.status_code == status
    if status == 422:
        page = client_soup(answer)
        assert "Zeile 2: Der Nachname fehlt." in page.select_one("[role=alert]").get_text()
        assert fields(page)["z-2-zweifel"] == "Der Nachname fehlt."
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", *listed]


def test_the_same_form_twice_adds_nobody(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = fields(preview(client, cast, LIST)) | {"z-4-andere": "1"}
    client.post_form(f"{url(cast)}/aufnehmen", form)
    answer = client.post_form(f"{url(cast)}/aufnehmen", form, follow_redirects=True)
    assert "Niemand wurde doppelt aufgenommen." in answer.get_data(as_text=True)
    with reading():
        assert names(cast).count("Anna Kolb") == 2
        assert len(names(cast)) == 5


def test_a_broken_line_is_named_and_stops_everything(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    page = preview(client, cast, BROKEN)
    assert "Kaputt;Meier;kaputt@;AWO" in page.select_one("#z-5-zeile").get_text()
    answer = client.post_form(f"{url(cast)}/aufnehmen", fields(page))
    assert answer.status_code == 422
    again = client_soup(answer)
    assert "Zeile 5: Die E-Mail-Adresse ist nicht vollständig." in again.select_one("[role=alert]").get_text()
    assert "Kaputt;Meier;kaputt@;AWO" in again.get_text()
    with reading():
        assert len(names(cast)) == 2


def test_a_broken_line_is_corrected_or_left_out(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    form = fields(preview(client, cast, BROKEN + ";;x@example.org;\r\n"))
    form |= {"z-5-email": "kai@example.org", "z-6-weg": "1"}
    assert client.post_form(f"{url(cast)}/aufnehmen", form).status_code == 303
    with reading():
        [kaputt] = [person for person in people.enrolments(cast.nord) if person.name == "Kaputt Meier"]
        assert (kaputt.email, kaputt.funder) == ("kai@example.org", "AWO")
        assert len(names(cast)) == 5


def test_lines_can_be_left_out(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    client.post_form(f"{url(cast)}/aufnehmen", fields(preview(client, cast, LIST)) | {"z-2-weg": "1"})
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Nuri Aslan"]


def test_beyond_the_seats_one_waits(app: Flask, cast: Cast, client_for: Any, reading: Any) -> None:
    set_seats(app, cast.nord, 3)
    client = client_for(cast.olga)
    page = preview(client, cast, LIST)
    assert "1 neu, 1 kommt auf die Warteliste, 1 schon dabei" in page.select_one(".lead").get_text()
    client.post_form(f"{url(cast)}/aufnehmen", fields(page))
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Mara Krüger"]
        assert [each.name for each in waiting.queue(cast.nord)] == ["Nuri Aslan"]


def test_who_comes_meanwhile_is_seen_before_anything_is_written(
    cast: Cast, client_for: Any, reading: Any
) -> None:
    client = client_for(cast.olga)
    form = fields(preview(client, cast, LIST))
    client_for(None).post_form("/beitreten/NRD2-3456", {"name": "Mara Krüger", "form_key": "j"})
    answer = client.post_form(f"{url(cast)}/aufnehmen", form)
    assert answer.status_code == 409
    assert "Inzwischen hat sich die Kohorte geändert" in answer.get_data(as_text=True)
    with reading():
        assert names(cast) == ["Anna Kolb", "Bela Öztürk", "Mara Krüger"]
    form = fields(client_soup(answer))
    assert client.post_form(f"{url(cast)}/aufnehmen", form).status_code == 303
    with reading():
        assert names(cast).count("Mara Krüger") == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "wählen Sie eine Datei"),
        ({"datei": (io.BytesIO(b""), "leer.csv")}, "„leer.csv“ ist leer"),
        ({"datei": (io.BytesIO(b"PK\x03\x04"), "liste.csv")}, "Excel-Datei"),
        ({"text": "Name\n" + "Anna Kolb\n" * 501}, "501 Zeilen"),
    ],
)
def test_what_cannot_be_read_says_why(cast: Cast, client_for: Any, data: Any, said: str) -> None:
    answer = client_for(cast.olga).post_form(url(cast), data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_fifty_megabytes_are_refused_with_a_sentence(cast: Cast, client_for: Any) -> None:
    answer = sent(client_for(cast.olga), cast, 50_000_000)
    assert answer.status_code == 413
    assert "zu groß" in answer.get_data(as_text=True)


def test_more_than_a_megabyte_is_named(cast: Cast, client_for: Any) -> None:
    answer = sent(client_for(cast.olga), cast, 1_500_000)
    assert answer.status_code == 422
    assert "möglich sind 1.000 kB" in answer.get_data(as_text=True)


def sent(client: Any, cast: Cast, size: int) -> Any:
    """What is answered to a file of this size."""
    head = b'--x\r\nContent-Disposition: form-data; name="datei"; filename="liste.csv"\r\n\r\n'
    body, kind = head + b"x" * size + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
    return client.post(url(cast), data=body, content_type=kind, headers={"X-CSRFToken": client.token()})


def test_pasted_lines_stay_when_they_cannot_be_read(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"text": "Name;E-Mail\x07\n"})
    assert answer.status_code == 422
    assert "Name;E-Mail" in client_soup(answer).select_one("#text").get_text()


def test_five_hundred_at_once(cast: Cast, client_for: Any, reading: Any) -> None:
    text = "Name;E-Mail\n" + "".join(f"Person {each};p{each}@example.org\n" for each in range(500))
    client = client_for(cast.olga)
    page = preview(client, cast, text)
    assert client.post_form(f"{url(cast)}/aufnehmen", fields(page)).status_code == 303
    with reading():
        assert count("enrolment") == 503


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK
    assert knock(client_for, cast, f"{url(cast)}/aufnehmen", post=True) == DESK
