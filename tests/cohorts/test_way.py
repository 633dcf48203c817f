"""/kohorten/<id>/kursweg: which modules, pages and cases a cohort goes, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app import clock
from app.cohorts import ways
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.rules import put_in_order
from app.course import tailor
from app.course.tailor import Way
from app.extensions import db, transaction
from tests.cohorts.test_create import form as create_form
from tests.cohorts.test_create import new_cohort
from tests.cohorts.test_log import entries
from tests.progress.cohort import CANARY, complete, write
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF, knock

BEFORE = NOW - timedelta(days=3)


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/kursweg"


def form(client: Any, cast: Cast, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the page as it is, with changes."""
    page = client.soup(url(cast))
    sent: dict[str, Any] = {
        field["name"]: field["value"] for field in page.select("form.stack input[type=hidden]")
    }
    for select in page.select("form.stack select"):
        sent[select["name"]] = select.select_one("option[selected]")["value"]
    sent["scope"] = page.select_one("input[name=scope][checked]")["value"]
    sent["cases"] = [field["value"] for field in page.select("input[name=cases][checked]")]
    return {name: value for name, value in (sent | changes).items() if name != "csrf_token"}


def save(client: Any, cast: Cast, **changes: Any) -> Any:
    return client.post_form(url(cast), form(client, cast, **changes))


def stored(cast: Cast) -> Way:
    return tailor.read(db.session.get_one(Cohort, cast.nord).way)


def facts(page: BeautifulSoup) -> dict[str, str]:
    terms = page.select("#bedeutung ~ dl dt")
    return {term.get_text(): " ".join(term.find_next("dd").get_text().split()) for term in terms}


def titles(page: BeautifulSoup) -> list[str]:
    """The stations of the way on a participant's overview, without those for self-study."""
    return [title.get_text() for title in page.select_one(".way").select(".station__title")]


def test_the_page_shows_what_holds(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.tarek).soup(url(cast))
    assert [label.get_text() for label in page.select(".arrange label")] == [
        "Modul 1: Ankommen",
        "Modul 2: Vom Fall zum Feld",
    ]
    assert facts(page) == {
        "Kursweg": "ganzer Kurs",
        "Stationen": "6, davon 3 Seiten zum Lesen (36 Minuten)",
        "Minuten je Modul": "Modul 1: 40, Modul 2: 20",
        "Fälle": "1, zusammen 30 Minuten",
        "Zeit zusammen": "90 Minuten, das sind 2 UE (60 für die Seiten, 30 für die Fälle)",
        "Im Tagesplan": "6 UE Inhalt. 180 Minuten bleiben für das Gespräch.",
        "Für die Bescheinigung": "2 Lernstopps; für jede Person zählen die der besuchten Module.",
    }


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    with clock.standing_at(BEFORE):
        answer = save(client_for(cast.tarek), cast, place_2="1", cases=[])
        assert (answer.status_code, answer.headers["Location"]) == (303, url(cast))
        with reading():
            assert stored(cast) == Way(modules=("feld", "ankommen"), cases=())
        way = client_for(cast.anna).soup(f"/kurs/{cast.nord}/")
        assert [title.get_text() for title in way.select_one(".way").select(".way__title")] == [
            "2 · Vom Fall zum Feld",
            "1 · Ankommen",
        ]
        assert "Fallwerkstatt: Der Weg zur Kita" not in titles(way)
        olga = client_for(cast.olga).soup(f"/kohorten/{cast.nord}")
        assert "ganzer Kurs" not in olga.get_text()
        assert "alle Seiten, eigene Reihenfolge, 0 von 1 Fall" in olga.get_text()
        assert entries(olga)[0] == (
            "30. Juni 2026, 11:00 Uhr: Kursweg geändert (Reihenfolge der Module 2, 1; ohne Fall „Der Weg zur Kita“), "
            "von Tarek Aydın"
        )


def test_the_core_path(cast: Cast, client_for: Any, reading: Any) -> None:
    with clock.standing_at(BEFORE):
        save(client_for(cast.olga), cast, scope="kern")
        with reading():
            assert stored(cast) == Way(core=True)
        way = client_for(cast.anna).soup(f"/kurs/{cast.nord}/")
        assert titles(way) == ["Willkommen", "Schauen"]
        page = client_for(cast.olga).soup(url(cast))
        assert facts(page)["Kursweg"] == "Kernpfad, 1 von 2 Modulen, 0 von 1 Fall"
        notes = [note.get_text() for note in page.select("#bedeutung ~ ul li")]
        assert (
            "Im Tagesplan nennt „Das Feld“ Modul 2 „Vom Fall zum Feld“; auf dem Weg ist das nicht." in notes
        )


def test_trying_saves_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.tarek)
    answer = save(client, cast, place_1="0", rechnen="1")
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 200
    assert "noch nicht gespeichert" in page.select_one("#bedeutung").get_text()
    assert facts(page)["Kursweg"] == "alle Seiten, 1 von 2 Modulen"
    assert page.select_one("#place_1 option[selected]")["value"] == "0"
    with reading():
        assert stored(cast) == Way()


def test_saving_it_as_it_is_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    assert save(client, cast).status_code == 303
    with reading():
        assert db.session.get_one(Cohort, cast.nord).way == ""
    assert client.soup(f"/kohorten/{cast.nord}").select("#verlauf") == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place_1": "0", "place_2": "0"}, "Mindestens ein Modul muss auf dem Weg bleiben"),
        ({"place_1": "0", "place_2": "1", "scope": "kern"}, "Keines dieser Module hat Kernseiten"),
        ({"place_2": "7"}, "Modul 2: Vom Fall zum Feld"),
        ({"place_2": "x"}, "Modul 2: Vom Fall zum Feld"),
        ({"scope": "viel"}, "Welche Seiten?"),
        ({"cases": ["gibt-es-nicht"]}, "Fälle auf dem Weg"),
    ],
)
def test_bad_input_keeps_what_was_chosen(
    cast: Cast, client_for: Any, reading: Any, changes: dict[str, Any], words: str
) -> None:
    chosen = {"place_1": "2", "place_2": "0", "scope": "kern", "cases": []} | changes
    answer = save(client_for(cast.olga), cast, **chosen)
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 422
    assert words in page.select_one(".error-summary").get_text()
    assert page.select_one("#place_1 option[selected]")["value"] == chosen["place_1"]
    if chosen["scope"] == "kern":
        assert page.select_one("input[name=scope][checked]")["value"] == "kern"
    assert page.select("input[name=cases][checked]") == []
    with reading():
        assert stored(cast) == Way()


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == STAFF
    assert knock(client_for, cast, url(cast), post=True) == STAFF


@pytest.mark.parametrize("cohort_id", [999, 2**40])
def test_unknown_cohort(cast: Cast, client_for: Any, cohort_id: int) -> None:
    assert client_for(cast.olga).get(f"/kohorten/{cohort_id}/kursweg").status_code == 404
    assert client_for(cast.olga).post_form(f"/kohorten/{cohort_id}/kursweg").status_code == 404


def test_whoever_was_slower_is_told_and_may_send_again(cast: Cast, client_for: Any, reading: Any) -> None:
    tarek, olga = client_for(cast.tarek), client_for(cast.olga)
    sent = form(tarek, cast, place_1="0")
    save(olga, cast, scope="kern")
    answer = tarek.post_form(url(cast), sent)
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 409
    assert "jetzt: Kernpfad, 1 von 2 Modulen" in page.select_one(".error-summary").get_text()
    assert page.select_one("#place_1 option[selected]")["value"] == "0"
    again = {name: page.select_one(f"input[name={name}]")["value"] for name in ("made_on", "shown")}
    assert tarek.post_form(url(cast), sent | again).status_code == 303
    with reading():
        assert stored(cast).modules == ("feld",)


def test_the_service_looks_again_inside_the_transaction(cast: Cast, app: Any, writing: Any) -> None:
    with writing(), pytest.raises(ways.Overtaken):
        ways.shape(cast.nord, Way(core=True), ways.stamp("something else"))


def test_nothing_written_is_lost(app: Any, cast: Cast, client_for: Any) -> None:
    write(app, cast.anna, "l1-1")
    tarek, anna = client_for(cast.tarek), client_for(cast.anna)
    save(tarek, cast, place_1="0")
    assert titles(anna.soup(f"/kurs/{cast.nord}/")) == [
        "Felder",
        "Fallwerkstatt: Der Weg zur Kita",
        "Lernstopp: Halt am Abend",
    ]
    notebook = anna.soup(f"/kurs/{cast.nord}/lernheft")
    assert CANARY in notebook.get_text()
    assert "1 · Ankommen" in [heading.get_text() for heading in notebook.select(".lernheft h2")]
    assert notebook.select("#frueher") == []
    page = anna.soup(f"/kurs/{cast.nord}/seite/ankommen/halt-1")
    assert CANARY in page.get_text()
    assert "gehört nicht zum Weg Ihrer Kohorte" in page.get_text()
    save(tarek, cast, place_1="1")
    way = anna.soup(f"/kurs/{cast.nord}/")
    assert titles(way)[:2] == ["Willkommen", "Schauen"]
    assert way.select(".station--stop.is-done")
    assert "gehört nicht zum Weg" not in anna.soup(f"/kurs/{cast.nord}/seite/ankommen/halt-1").get_text()


def test_a_text_typed_while_its_module_is_taken_off_is_saved(cast: Cast, client_for: Any) -> None:
    anna = client_for(cast.anna)
    save(client_for(cast.tarek), cast, place_1="0")
    answer = anna.post_form(f"/kurs/{cast.nord}/antwort/zu/w1-3", {"e0": "Der Platz", "client_id": "c1"})
    assert answer.status_code in (200, 303)
    assert "Der Platz" in anna.soup(f"/kurs/{cast.nord}/lernheft").get_text()


def test_stations_beside_the_way_lead_on_to_each_other(cast: Cast, client_for: Any) -> None:
    save(client_for(cast.tarek), cast, place_1="0")
    anna = client_for(cast.anna)
    where = f"/kurs/{cast.nord}/gelesen/ankommen"
    assert anna.post_form(f"{where}/willkommen").headers["Location"].endswith("/seite/ankommen/schauen")
    assert anna.post_form(f"{where}/halt-1").headers["Location"] == f"/kurs/{cast.nord}/"
    around = anna.soup(f"/kurs/{cast.nord}/").select_one(".way.no-print")
    assert around.select_one(".station__title").get_text() == "Willkommen"


def test_what_counts_is_on_the_way(app: Any, cast: Cast, client_for: Any) -> None:
    with clock.standing_at(BEFORE):
        save(client_for(cast.olga), cast, place_1="0")
    stand = client_for(cast.anna).soup(f"/kurs/{cast.nord}/nachweise").get_text()
    assert "0 von 1 bearbeitet" in stand
    assert "Ankommen" not in [
        link.get_text() for link in client_for(cast.anna).soup(f"/kurs/{cast.nord}/plan").select(".plan a")
    ]


def test_a_running_cohort_never_gets_harder(app: Any, cast: Cast, client_for: Any, reading: Any) -> None:
    with clock.standing_at(BEFORE):
        save(client_for(cast.olga), cast, place_1="0")
    tarek = client_for(cast.tarek)
    save(tarek, cast, place_1="1")  # the cohort has begun: its Lernstopp is on the way and voluntary
    with reading():
        assert stored(cast) == Way(counting=("l2-1",))
    counts = facts(tarek.soup(url(cast)))["Für die Bescheinigung"]
    assert "1 Lernstopp; " in counts
    assert "1 weitere freiwillig" in counts
    assert "0 von 1 bearbeitet" in client_for(cast.anna).soup(f"/kurs/{cast.nord}/nachweise").get_text()
    save(tarek, cast, place_2="0")  # what counted at the beginning counts again once it is back
    assert "keine vorgesehen" in client_for(cast.anna).soup(f"/kurs/{cast.nord}/nachweise").get_text()
    save(tarek, cast, place_2="2")
    assert "0 von 1 bearbeitet" in client_for(cast.anna).soup(f"/kurs/{cast.nord}/nachweise").get_text()


def test_a_certificate_states_what_was_on_the_way(app: Any, cast: Cast, client_for: Any) -> None:
    save(client_for(cast.olga), cast, place_1="0")
    with clock.standing_at(NOW + timedelta(hours=9)):
        complete(app, cast, cast.anna)
        preview = f"/kohorten/{cast.nord}/bescheinigungen/{cast.anna.enrolment_id}/vorschau"
        text = client_for(cast.olga).soup(preview).get_text()
    assert "Vom Fall zum Feld" in text
    assert "Ankommen und schauen" not in text


def test_once_certificates_are_issued_the_way_stays(
    app: Any, cast: Cast, client_for: Any, reading: Any
) -> None:
    tarek = client_for(cast.tarek)
    sent = form(tarek, cast, place_1="0")
    with app.app_context(), transaction():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).name_fixed_at = NOW
    page = tarek.soup(url(cast))
    assert "schon Bescheinigungen ausgestellt" in page.select_one(".note").get_text()
    assert [button.get_text() for button in page.select("form.stack button")] == [
        "Ausrechnen, ohne zu speichern"
    ]
    answer = tarek.post_form(url(cast), sent)
    refused = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 409
    assert "schon Bescheinigungen ausgestellt" in refused.select_one(".error-summary").get_text()
    assert refused.select_one("#place_1 option[selected]")["value"] == "0"
    with reading():
        assert stored(cast) == Way()


def test_the_service_asks_for_certificates_inside_the_transaction(cast: Cast, writing: Any) -> None:
    with writing():
        db.session.get_one(Enrolment, cast.anna.enrolment_id).name_fixed_at = NOW
    with writing(), pytest.raises(ways.Certified):
        ways.shape(cast.nord, Way(core=True), ways.stamp(""))


@pytest.mark.parametrize(("hours", "said"), [(0, False), (12, True)])
def test_when_all_is_over_it_is_said(cast: Cast, client_for: Any, hours: int, said: bool) -> None:
    with clock.standing_at(NOW + timedelta(hours=hours)):
        page = client_for(cast.olga).soup(url(cast))
    assert bool(page.select("p.warning")) is said


def test_what_counts_again_is_said_as_it_is(cast: Cast, client_for: Any) -> None:
    said = " ".join(client_for(cast.olga).soup(url(cast)).select_one("div.note").get_text().split())
    assert "Was zu Beginn gezählt hat, zählt wieder, sobald es wieder auf dem Weg ist." in said


def test_each_module_says_how_long_it_is(cast: Cast, client_for: Any) -> None:
    page = client_for(cast.olga).soup(url(cast))
    hints = [hint.get_text() for hint in page.select(".arrange .field__hint")]
    assert hints == ["40 Minuten, im Kern 24", "20 Minuten, im Kern 0"]


def test_live_counts_along_the_way(cast: Cast, client_for: Any) -> None:
    save(client_for(cast.tarek), cast, place_1="0", cases=[])
    text = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/live").get_text()
    assert "Lernstopp 1 im Modul „Vom Fall zum Feld“" in text
    assert "im Modul „Ankommen“" not in text
    assert "Fall „Der Weg zur Kita“" not in text


@pytest.mark.parametrize(
    ("moved", "order"),
    [
        ({"c": 1}, "cab"),
        ({"a": 3}, "bca"),
        ({"a": 3, "c": 1}, "cba"),
        ({"b": 0}, "ac"),
        ({"d": 2}, "adbc"),
        ({"a": 2, "b": 1}, "bac"),
        ({}, "abc"),
    ],
)
def test_whoever_is_moved_takes_the_place(moved: dict[str, int], order: str) -> None:
    before = {"a": 1, "b": 2, "c": 3, "d": 0}
    assert put_in_order(before | moved, before) == list(order)


def test_a_new_cohort_may_take_the_core_path(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    page = client.soup(f"/kohorten/neu?fassung={cast.edition}&plan=zwei-tage")
    assert page.select_one("input[name=way][checked]")["value"] == "ganz"
    assert client.post_form("/kohorten/neu", create_form(cast, way="kern")).status_code == 303
    with reading():
        assert tailor.read(new_cohort().way) == Way(core=True)


def test_a_new_cohort_takes_the_whole_course_unless_said(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    assert client.post_form("/kohorten/neu", create_form(cast, way="halb")).status_code == 422
    assert client.post_form("/kohorten/neu", create_form(cast)).status_code == 303
    with reading():
        assert new_cohort().way == ""
