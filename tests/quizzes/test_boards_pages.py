"""Cards, nets and two sides as people meet them: on the page, after an error, on the board of all, on paper."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.course.block_reading import key_of
from tests.conftest import ClientFor
from tests.quizzes.boards_sample import moved
from tests.support.cast import Cast, Person
from tests.support.client import PageClient

PLACE, WHY = key_of("Ort oder Angebot"), key_of("Wozu arbeiten wir zusammen?")
BLOCKS = ["k1", "k2", "k3", "n1", "n2", "g1"]
EVIL = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def nord(app: Flask, cast: Cast) -> str:
    with app.app_context():
        moved(cast)
    return f"/kurs/{cast.nord}"


def page(client: PageClient, nord: str) -> BeautifulSoup:
    return client.soup(f"{nord}/seite/feld/tafeln")


def section(client: PageClient, nord: str, block: str) -> BeautifulSoup:
    found = page(client, nord).find(id=block)
    assert isinstance(found, BeautifulSoup) or found is not None
    return found


def send(client: PageClient, nord: str, block: str, status: int = 303, **fields: str) -> str:
    data = {name.replace("__", "-"): value for name, value in fields.items()}
    answer = client.post_form(f"{nord}/antwort/zu/{block}", data)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("block", BLOCKS)
def test_who_reads_it_stands_before_the_first_field(
    client_for: ClientFor, cast: Cast, nord: str, block: str
) -> None:
    html = str(section(client_for(cast.anna), nord, block).find("form"))
    tags = ('type="text"', "<textarea", "<select", 'type="radio"', 'type="checkbox"')
    assert 0 < html.find('class="sight') < min(html.find(tag) for tag in tags if tag in html)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("k1", "Alle in Ihrer Kohorte und Ihre Trainer:innen sehen diese Karten mit Ihrem Namen. Ändern können nur Sie Ihre."),
        ("k2", "Nur Sie sehen das."),
        ("k3", "Alle in Ihrer Kohorte und Ihre Trainer:innen sehen diese Karten ohne Namen. Welche von Ihnen sind, sehen nur Sie."),
        ("n2", "Alle in Ihrer Kohorte und Ihre Trainer:innen sehen Ihre Knoten und Verbindungen im gemeinsamen Netz, ohne Ihren Namen."),
        ("g1", "Nur Sie sehen das, bis Sie unten „Unsere Seite ist fertig, wir legen beide nebeneinander“ wählen."),
    ],
)  # fmt: skip
def test_who_reads_it(client_for: ClientFor, cast: Cast, nord: str, block: str, words: str) -> None:
    found = section(client_for(cast.anna), nord, block)
    assert words in " ".join(found.select_one(".sight").text.split())
    shared = block != "k2"
    assert ("Persönliche Angaben zu Adressat:innen gehören nicht hierher." in found.text) == shared


def test_two_people_write_at_once_and_both_stay(client_for: ClientFor, cast: Cast, nord: str) -> None:
    for person, name in ((cast.anna, "Bibliothek"), (cast.bela, "Spätkauf")):
        send(client_for(person), nord, "k1", **{f"t__{PLACE}__a1": name, "z__a1": "ja", "version": "0"})
    seen = page(client_for(cast.anna), nord).find(id="k1-gemeinsam")
    assert [card.text.replace("\u00ad", "") for card in seen.select(".card__title")] == [
        "Bibliothek", "Elterncafé im Familienzentrum", "Kiosk am Markt", "Spätkauf",
    ]  # fmt: skip
    assert [by.text for by in seen.select(".card__by")] == [
        "Ihre Karte",
        "Beispiel",
        "Beispiel",
        "Bela Öztürk",
    ]
    assert not seen.select("input, select, textarea")
    assert "Spätkauf" not in str(page(client_for(cast.anna), nord).find(id="k1"))
    assert "Spätkauf" in str(client_for(cast.tarek).soup(f"{nord}/gemeinsam/k1"))


def test_an_error_keeps_everything_and_opens_its_card(client_for: ClientFor, cast: Cast, nord: str) -> None:
    html = send(client_for(cast.anna), nord, "k1", 422, **{f"t__{PLACE}__a2": EVIL})
    found = BeautifulSoup(html, "html.parser").find(id="k1")
    assert found.select_one(f"#k1-t-{PLACE}-a2")["value"] == " ".join(EVIL.split())
    assert found.select_one('[data-row="a2"] details').has_attr("open")
    assert found.select_one('a[href="#k1-z-a2"]').text.startswith("Auf der Karte „")
    assert found.select_one("#k1-z-a2")["aria-invalid"] == "true"
    assert "<script>alert" not in html


def test_rows_that_are_new_have_numbers_of_their_own(client_for: ClientFor, cast: Cast, nord: str) -> None:
    send(client_for(cast.anna), nord, "k2", **{f"t__{key_of('Ort')}__a7": "Park", "last": "7"})
    found = section(client_for(cast.anna), nord, "k2")
    assert [row["data-row"] for row in found.select("[data-row]")] == ["a7", "a8", "a9", "a10"]
    assert found.find("input", attrs={"name": "last"})["value"] == "7"


def test_the_net_is_drawn_and_said(client_for: ClientFor, cast: Cast, nord: str) -> None:
    send(client_for(cast.anna), nord, "n1", **{"v__a1": "Kita", "n__a1": "Hort", "s__a1": "weil <b>", "von": "Hort", "bis": "Kita"})  # fmt: skip
    found = section(client_for(cast.anna), nord, "n1")
    assert found.svg["aria-label"] == "Ihr Netz. Alle Verbindungen stehen darunter als Liste."
    assert [text.text for text in found.select(".net__name")] == [
        "Kita",
        "Quartiersbüro",
        "Jugendamt",
        "Hort",
    ]
    assert [" ".join(line.text.split()) for line in found.select(".net__list li")] == [
        "Kita – Hort: weil <b>"
    ]
    assert "Von „Hort“ zu „Kita“: ein Schritt." in found.select_one("#n1-schritte").text
    assert [option.text for option in found.select('select[name="pf"] option')] == [
        "Bitte wählen",
        "Kita – Hort",
    ]


def test_keywords_nobody_linked_stay_private(client_for: ClientFor, cast: Cast, nord: str) -> None:
    anna = client_for(cast.anna)
    send(anna, nord, "w1-1", **{"k__a1": "Nachbarschaft", "k__a2": "Heimat", "k__a3": "Lärm"})
    assert "Nachbarschaft" in str(section(anna, nord, "n1").svg)
    send(anna, nord, "n2", **{"v__a1": "Schule", "n__a1": "Hort", "s__a1": "stark"})
    seen = str(page(client_for(cast.bela), nord).find(id="n2-gemeinsam"))
    assert "Hort" in seen
    assert "Nachbarschaft" not in seen
    assert "Anna" not in seen


def test_both_sides_appear_when_one_s_own_lies_open(client_for: ClientFor, cast: Cast, nord: str) -> None:
    def seen(person: Person) -> str:
        return str(page(client_for(person), nord).find(id="g1-gemeinsam"))

    send(
        client_for(cast.anna),
        nord,
        "g1",
        **{"seite": "Schule", f"t__{WHY}": "Für die Kinder", "zeigen": "ja"},
    )
    send(client_for(cast.bela), nord, "g1", **{"seite": "Jugendhilfe", f"t__{WHY}": "Für Familien"})
    assert "Für die Kinder" in seen(cast.anna)
    assert "Für Familien" not in seen(cast.anna)
    assert "Für die Kinder" not in seen(cast.bela)
    assert "Beide Seiten liegen hier nebeneinander, sobald Sie Ihre Seite ausgefüllt" in seen(cast.bela)
    send(client_for(cast.bela), nord, "g1", **{"seite": "Jugendhilfe", f"t__{WHY}": "Für Familien", "zeigen": "ja", "version": "1"})  # fmt: skip
    assert "Für die Kinder" in seen(cast.bela)
    assert "Für Familien" in seen(cast.anna)
    assert "Bela" not in seen(cast.anna)


def test_a_wrong_side_is_said_beside_the_choice(client_for: ClientFor, cast: Cast, nord: str) -> None:
    html = send(client_for(cast.anna), nord, "g1", 422, **{f"t__{WHY}": "Für die Kinder"})
    found = BeautifulSoup(html, "html.parser").find(id="g1")
    assert "Bitte wählen Sie Ihre Seite: Jugendhilfe oder Schule." in found.select_one("#g1-seite").text
    assert "Für die Kinder" in found.select_one(f"#g1-t-{WHY}").text


@pytest.mark.parametrize("block", BLOCKS)
def test_paper(client_for: ClientFor, cast: Cast, nord: str, block: str) -> None:
    found = client_for(cast.anna).soup(f"{nord}/blatt/{block}?leer=1").find(id=block)
    assert not found.select("details:not([open])")
    assert not found.select("select")


@pytest.mark.parametrize("block", BLOCKS)
def test_a_preview_shows_everything_too(client_for: ClientFor, cast: Cast, nord: str, block: str) -> None:
    assert section(client_for(cast.tarek), nord, block).find("form")
