"""…/ablauf/<block>: where a procedure stands, going on, and the projector."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.groups import service as groups
from tests.modules.doors import LEARNERS, READERS, course, knock, words
from tests.quizzes.procedures_sample import FELDER, PATH
from tests.support.cast import NOW

PAGE = "seite/feld/felder"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _pinned(pinned) -> None:
    pinned({PATH: FELDER})


@pytest.fixture
def press(client_for, cast):
    """`press(person, "weiter", version)`: what a button sends."""

    def send(person, deed, version=0, block="a1", query="", **more):
        address = course(cast, f"ablauf/{block}{query}")
        return client_for(person).post_form(address, {"tun": deed, "version": str(version)}, **more)

    return send


@pytest.fixture
def state(client_for, cast):
    """`state(person)`: what the page's script is told."""

    def ask(person, block="a1", query=""):
        return client_for(person).get(course(cast, f"ablauf/{block}{query}"), headers=JSON).json

    return ask


def panel(client, cast, block="a1"):
    return client.soup(course(cast, PAGE)).select_one(f"#{block} .pace")


def buttons(tag) -> list[str]:
    return [words(button) for button in tag.select("button")]


def test_who_may_look(client_for, cast):
    assert (
        knock(client_for, cast, lambda client: client.get(course(cast, "ablauf/a1"), headers=JSON)) == READERS
    )


def test_who_may_begin(client_for, cast):
    """Participants who do not moderate may not; staff always."""
    begin = {"tun": "beginnen", "version": "0"}
    found = knock(client_for, cast, lambda client: client.post_form(course(cast, "ablauf/a1"), begin))
    # Once it has begun the version is old: nothing happens and the state is shown.
    assert found == READERS


def test_a_participant_may_not_begin_without_moderating(press, state, cast):
    assert press(cast.anna, "beginnen").status_code == 403
    assert state(cast.anna)["step"] == 0


def test_who_may_open_the_projector(client_for, cast):
    address = course(cast, "ablauf/a1/leinwand")
    expected = {
        name: 200 if name in ("tarek", "olga", "adam") else status for name, status in LEARNERS.items()
    }
    assert knock(client_for, cast, lambda client: client.get(address)) == expected | {"anna": 403}


@pytest.mark.parametrize("block", ["nie", "u1", "w1-3", "%00"])
def test_unknown(client_for, cast, block):
    client = client_for(cast.tarek)
    for path in (f"ablauf/{block}", f"ablauf/{block}/leinwand"):
        assert client.get(course(cast, path)).status_code == 404
    assert client.post_form(course(cast, f"ablauf/{block}"), {"tun": "beginnen"}).status_code == 404


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("a1", "Diese Knöpfe wirken wirklich: Der Ablauf geht auf den Telefonen der Teilnehmenden weiter."),
        (
            "a2",
            "Diese Knöpfe wirken wirklich: Der Ablauf geht bei allen weiter, die in keiner Kleingruppe sind.",
        ),
        ("a3", "Teilnehmende gehen den Ablauf jeweils für sich, bei ihnen ändert sich nichts."),
    ],
)
def test_staff_read_at_the_buttons_that_they_are_real(client_for, cast, block, said):
    page = client_for(cast.tarek).soup(course(cast, PAGE))
    assert said in words(page.select_one(f"#{block} .pace__real"))
    assert "die Knöpfe eines Ablaufs wirken wirklich" in words(page.select_one(".note"))
    assert "Hier wird nichts gespeichert" not in page.get_text()
    assert client_for(cast.anna).soup(course(cast, PAGE)).select(".pace__real") == []


def test_the_projector_leads_to_each_group(client_for, cast, writing):
    people = [cast.anna.enrolment_id, cast.bela.enrolment_id]
    with writing():
        groups.draw(cast.nord, "feld/felder", None, people, 2)
    client, address = client_for(cast.tarek), course(cast, "ablauf/a2/leinwand")
    links = client.soup(address).select("footer a")
    assert [link.get_text() for link in links][:3] == ["Alle ohne Gruppe", "Gruppe 1", "Gruppe 2"]
    assert links[0].get("aria-current") == "page"
    second = client.soup(links[2]["href"])
    assert second.select_one("footer [aria-current]").get_text() == "Gruppe 2"
    assert "Alle ohne Gruppe" not in client.soup(course(cast, "ablauf/a1/leinwand")).footer.get_text()


@pytest.mark.parametrize("deed", ["", "tanzen"])
def test_unknown_deeds(press, cast, deed):
    assert press(cast.tarek, deed).status_code == 400


def test_before_the_beginning(client_for, cast):
    shown = panel(client_for(cast.anna), cast)
    assert "Noch nicht begonnen 4 Schritte, zusammen 16 Minuten." in words(shown)
    assert buttons(shown) == ["Ich moderiere"]


def test_a_participant_moderates(press, client_for, cast):
    back = course(cast, f"{PAGE}#a1")
    assert press(cast.anna, "moderieren").location == back
    assert press(cast.bela, "moderieren", 1).status_code == 403
    assert press(cast.anna, "beginnen", 1).status_code == 303
    mine = panel(client_for(cast.anna), cast)
    assert buttons(mine) == ["Weiter", "Anhalten", "Von vorn", "Moderation abgeben"]
    assert "Sie moderieren." in words(mine)
    other = panel(client_for(cast.bela), cast)
    assert buttons(other) == []
    assert "Es moderiert: Anna Kolb." in words(other)
    assert press(cast.bela, "weiter", 2).status_code == 403
    assert press(cast.anna, "abgeben", 2).status_code == 303
    assert buttons(panel(client_for(cast.bela), cast)) == ["Ich moderiere"]


def test_everyone_sees_the_step_and_its_time(press, client_for, cast):
    press(cast.tarek, "beginnen")
    with clock.standing_at(NOW + timedelta(seconds=70)):
        shown = words(panel(client_for(cast.anna), cast))
    assert shown.startswith(
        "Schritt 1 von 4 Auftrag noch 4 Minuten Stand 11:01. Seite neu laden "
        "Die Person sagt, was sie klären will. Danach: Sammeln (10 Minuten)"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "noch 5 Minuten"), (240, "noch 1 Minute"), (250, "noch weniger als eine Minute"), (300, "Zeit ist um"), (4000, "Zeit ist um")],
)  # fmt: skip
def test_the_time_without_a_script(press, client_for, cast, seconds, said):
    press(cast.tarek, "beginnen")
    with clock.standing_at(NOW + timedelta(seconds=seconds)):
        assert panel(client_for(cast.anna), cast).select_one("[data-procedure-time]").text == said


def test_the_numbers(press, state, cast):
    press(cast.tarek, "beginnen")
    with clock.standing_at(NOW + timedelta(seconds=70)):
        found = state(cast.anna, query="?stand=1")
    assert found == {
        "step": 1, "steps": 4, "title": "Auftrag", "minutes": 5, "remaining": 230, "running": True, "version": 1,
        "now": "2026-07-03T09:01:10+00:00",
    }  # fmt: skip
    assert "Auftrag" in state(cast.anna, query="?stand=0")["html"]


def test_paused(press, state, client_for, cast):
    press(cast.tarek, "beginnen")
    press(cast.tarek, "anhalten", 1)
    with clock.standing_at(NOW + timedelta(hours=1)):
        found = state(cast.anna)
        assert (found["remaining"], found["running"]) == (300, False)
        assert "noch 5 Minuten angehalten" in words(panel(client_for(cast.anna), cast))


def test_a_double_click_and_two_moderators_go_on_once(press, state, cast):
    press(cast.tarek, "beginnen")
    for person in (cast.tarek, cast.tarek, cast.olga):
        assert press(person, "weiter", 1).status_code == 303
    assert (state(cast.anna)["step"], state(cast.anna)["version"]) == (2, 2)
    answer = press(cast.olga, "weiter", 1, headers=JSON)
    assert (answer.status_code, answer.json["step"]) == (200, 2)
    assert "Sammeln" in answer.json["html"] or answer.json["version"] == 2


def test_at_the_end_one_writes(press, client_for, cast):
    press(cast.tarek, "beginnen")
    for version in range(1, 5):
        press(cast.tarek, "weiter", version)
    shown = words(panel(client_for(cast.anna), cast))
    assert shown.startswith("Der Ablauf ist zu Ende Halten Sie unten fest, was bleibt.")


def test_alone_it_is_ones_own(press, state, cast):
    assert press(cast.anna, "beginnen", block="a3").status_code == 303
    assert state(cast.anna, "a3")["step"] == 1
    assert state(cast.bela, "a3")["step"] == 0


def test_staff_moderate_from_the_preview(client_for, cast, press):
    client = client_for(cast.tarek)
    page = client.soup(course(cast, PAGE))
    assert page.select_one("#a1 .pace").find_parent("fieldset") is None
    assert page.select_one("#a1 form.answer").find_parent("fieldset").has_attr("disabled")
    assert buttons(page.select_one("#a1 .pace")) == ["Beginnen"]
    assert page.select_one("#a1 .pace a")["href"] == course(cast, "ablauf/a1/leinwand")
    press(cast.anna, "moderieren")
    assert buttons(panel(client, cast)) == ["Beginnen", "Moderation abgeben"]


def test_on_the_projector(press, client_for, cast):
    press(cast.tarek, "beginnen")
    client = client_for(cast.tarek)
    shown = client.soup(course(cast, "ablauf/a1/leinwand"))
    assert words(shown.select_one("h1")) == "Kollegiale Beratung"
    assert "Schritt 1 von 4 Auftrag noch 5 Minuten" in words(shown.select_one("main"))
    action = shown.select_one("form")["action"]
    response = client.post_form(action, {"tun": "weiter", "version": "1"})
    assert response.location == course(cast, "ablauf/a1/leinwand")


def test_the_live_view_leads_to_the_projector(client_for, cast):
    page = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}/live")
    links = {words(link): link["href"] for link in page.select("section a")}
    assert links["Kollegiale Beratung"] == course(cast, "ablauf/a1/leinwand")
    assert links["Ablauf a2"] == course(cast, "ablauf/a2/leinwand")


def test_who_is_in_no_group_goes_along_with_all(press, state, cast):
    press(cast.tarek, "beginnen", block="a2")
    assert state(cast.anna, "a2")["step"] == 1


@pytest.fixture
def group(writing, cast):
    """Anna's small group at the page."""
    with writing():
        assert groups.draw(cast.nord, "feld/felder", None, [cast.anna.enrolment_id], 1)
        (made,) = groups.in_cohort(cast.nord, "feld/felder")
    return made.id


def test_a_small_group_has_its_own(group, press, state, cast, client_for):
    press(cast.anna, "moderieren", block="a2")
    press(cast.anna, "beginnen", 1, block="a2")
    assert (state(cast.anna, "a2")["step"], state(cast.bela, "a2")["step"]) == (1, 0)
    assert state(cast.tarek, "a2")["step"] == 0
    assert state(cast.tarek, "a2", f"?gruppe={group}")["step"] == 1
    shown = client_for(cast.tarek).soup(course(cast, f"ablauf/a2/leinwand?gruppe={group}"))
    assert "Schritt 1 von 2 · Gruppe 1" in words(shown.select_one("main"))
    assert f"gruppe={group}" in shown.select_one("form")["action"]


def test_groups_are_named_by_staff_only(group, state, cast, client_for):
    assert (
        client_for(cast.tarek).get(course(cast, "ablauf/a2?gruppe=999999"), headers=JSON).status_code == 404
    )
    assert state(cast.bela, "a2", f"?gruppe={group}")["step"] == 0


def test_the_sheet_has_no_buttons(client_for, cast):
    sheet = client_for(cast.anna).soup(course(cast, "blatt/a1?leer=1"))
    assert sheet.select(".pace") == []
    assert words(sheet.select_one("tbody tr td")) == "0–5"


def test_few_statements(statements, client_for, cast, press):
    press(cast.tarek, "beginnen")
    client = client_for(cast.anna)
    client.get(course(cast, "ablauf/a1"), headers=JSON)
    with statements() as seen:
        client.get(course(cast, "ablauf/a1?stand=1"), headers=JSON)
    assert len(seen) <= 4, seen
