"""…/antwort/zu/<block>: a form is saved, or comes back with everything that was typed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.modules.doors import LEARNERS, course, form_of, knock, words
from tests.progress.cohort import write
from tests.support.cast import cohort, enrol, publish
from tests.support.course import small_course

WELCOME = "seite/ankommen/willkommen"


def address(cast, block="w1-3"):
    return course(cast, f"antwort/zu/{block}")


def typed(client, cast, block="w1-3", page=WELCOME, **fields):
    """The block's form as a browser would send it after typing `fields` (k_a1 is the field k-a1)."""
    form = form_of(client.soup(course(cast, page)), block)
    return form | {name.replace("_", "-"): value for name, value in fields.items()}


def test_who_may(client_for, cast, saved):
    send = {"e0": "Der Platz", "version": "0", "client_id": "geraet-0001"}
    assert knock(client_for, cast, lambda client: client.post_form(address(cast), send)) == LEARNERS
    for person in (cast.frida, cast.bela):
        assert saved(person, "w1-3") == {}


def test_it_is_saved_and_leads_back(client_for, cast, saved):
    client = client_for(cast.anna)
    response = client.post_form(address(cast), typed(client, cast, e0="Der Platz\r\nund der Weg"))
    back = course(cast, f"{WELCOME}?gespeichert=w1-3#w1-3")
    assert (response.status_code, response.location) == (303, back)
    assert saved(cast.anna, "w1-3")["entries"][0] == {
        "q": "Was sehen Sie zuerst?",
        "a": "Der Platz\nund der Weg",
    }
    page = client.soup(back)
    assert page.title.text.startswith("Gespeichert: ")
    assert words(page.select_one("#w1-3 [data-saved]")) == "gespeichert 11:00"
    assert form_of(page, "w1-3")["version"] == "1"


@pytest.mark.parametrize("block", ["nie", "w1-99", "%00", "a" * 300])
def test_unknown_blocks(client_for, cast, block):
    assert client_for(cast.anna).post_form(address(cast, block), {"e0": "x"}).status_code == 404
    assert client_for(cast.anna).get(address(cast, block)).status_code == 404


def test_a_block_of_another_course(client_for, cast, writing, saved):
    files = small_course()
    files["ankommen/willkommen.md"] = files["ankommen/willkommen.md"].replace(b"#w1-3", b"#anders-1")
    with writing():
        other, _ = cohort("Kohorte West", "WST23456", publish(files))
        west = enrol(other, "Wanda West")
    client = client_for(cast.anna)
    assert client.post_form(address(cast, "anders-1"), {"e0": "x"}).status_code == 404
    assert (
        client_for(west).post_form(f"/kurs/{west.enrolment_id}/antwort/zu/w1-3", {"e0": "x"}).status_code
        == 404
    )
    assert saved(cast.anna, "anders-1") == {}


def test_nothing_typed_says_so(client_for, cast, saved):
    client = client_for(cast.anna)
    response = client.post_form(address(cast), typed(client, cast))
    assert response.status_code == 422
    assert "Ein Satz oder ein Stichwort genügt" in response.get_data(as_text=True)
    assert saved(cast.anna, "w1-3") == {}


def test_what_was_typed_stays(client_for, cast, saved, app):
    write(app, cast.anna, "l1-1", {"entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "alt"}]})
    client, long = client_for(cast.anna), "sehr lang " * 1100
    send = typed(client, cast, "l1-1", "seite/ankommen/halt-1", e0=long, e1="<b>kurz</b>", k_a1="Kiez")
    response = client.post_form(address(cast, "l1-1"), send)
    assert response.status_code == 422
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    form = form_of(page, "l1-1")
    assert "Bitte kürzen Sie ihn um" in words(page.select_one("#l1-1 [role=alert]"))
    assert (form["e0"].strip(), form["e1"], form["k-a1"]) == (long.strip(), "<b>kurz</b>", "Kiez")
    assert form["version"] == "1"
    assert saved(cast.anna, "l1-1")["entries"][0]["a"] == "alt"


def test_too_few_keywords(client_for, cast):
    client = client_for(cast.anna)
    response = client.post_form(address(cast, "w1-1"), typed(client, cast, "w1-1", k_a1="Kiez", shared="ja"))
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    form = form_of(page, "w1-1")
    assert (response.status_code, form["k-a1"], form["shared"], form["version"]) == (422, "Kiez", "ja", "0")
    assert page.title.text == "Noch nicht gespeichert: Willkommen · Feldweg"
    assert page.select_one("main > .message--fehler a")["href"] == "#w1-1"
    assert page.select_one("#w1-1 [role=alert][data-autofocus]")
    assert page.select_one("#w1-3 [role=alert]") is None
    assert client.get(address(cast, "w1-1")).location == course(cast, f"{WELCOME}#w1-1")


def test_every_block_of_the_course_is_saved(client_for, cast, saved):
    client = client_for(cast.anna)
    quiz, case = "seite/ankommen/fragen-1", "fall/lesen/der-weg-zur-kita"
    for block, page, fields in [
        ("w-ankommen", WELCOME, {"w-a1": "Ruhe", "t-a1": "gruppe"}),
        ("w1-1", WELCOME, {"k-a1": "Kiez", "k-a2": "Park", "k-a3": "Hof"}),
        ("w1-2", WELCOME, {"q-a1": "Wie?"}),
        ("l1-1", "seite/ankommen/halt-1", {"bedacht": "ja"}),
        ("case-1", case, {"e0": "Ruhe am Morgen", "stufe": "s1"}),
    ]:
        form = form_of(client.soup(course(cast, page)), block) | fields
        response = client.post_form(address(cast, block), form)
        assert response.status_code == 303, block
        assert client.get(response.location).status_code == 200
        assert saved(cast.anna, block), block
    page = client.soup(course(cast, quiz))
    option = page.select_one("#q1-1 input[name=o]")["value"]
    assert client.post_form(address(cast, "q1-1"), form_of(page, "q1-1") | {"o": option}).status_code == 303
    assert "Erklärung" in words(client.soup(course(cast, quiz)).select_one("#q1-1"))


def test_a_stage_of_a_case_comes_back_to_the_stage(client_for, cast):
    client = client_for(cast.anna)
    send = typed(client, cast, "case-1", "fall/lesen/der-weg-zur-kita", e0="Ruhe", stufe="s1")
    response = client.post_form(address(cast, "case-1"), send)
    assert response.location.endswith("/fall/lesen/der-weg-zur-kita?gespeichert=case-1#case-1-s1")
    stage = client.soup(response.location).select_one("#case-1-s1")
    assert "Vielleicht einen ruhigen Morgen" in words(stage)


def test_the_same_form_twice_is_saved_once(client_for, cast, saved):
    client = client_for(cast.anna)
    send = typed(client, cast, e0="Der Platz")
    first, second = (client.post_form(address(cast), send) for _ in range(2))
    assert first.location == second.location
    assert form_of(client.soup(course(cast, WELCOME)), "w1-3")["version"] == "1"
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Der Platz"


def test_two_windows_both_texts_are_shown(client_for, cast, saved):
    client = client_for(cast.anna)
    one, two = (
        typed(client, cast, e0="Text aus Fenster eins"),
        typed(client, cast, e0="Text aus Fenster zwei"),
    )
    assert client.post_form(address(cast), one).status_code == 303
    response = client.post_form(address(cast), two)
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "Text aus Fenster eins" in page
    assert "Text aus Fenster zwei" in page
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Text aus Fenster eins"


def test_the_decision_between_both_is_saved(client_for, cast, saved):
    client = client_for(cast.anna)
    one, two = typed(client, cast, e0="eins"), typed(client, cast, e0="zwei")
    client.post_form(address(cast), one)
    page = BeautifulSoup(client.post_form(address(cast), two).get_data(as_text=True), "html.parser")
    form = page.select_one("form[data-answer]")
    decided = form_of(page, "w1-3") | {"e0": "eins und zwei"}
    assert client.post_form(form["action"], decided).status_code == 303
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "eins und zwei"
