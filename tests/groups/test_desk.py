"""/kohorten/<id>/gruppen: trainers draw and pick groups and show what they wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from app import clock
from app.cohorts.models import Attendance, Cohort, Enrolment
from app.course import tailor
from app.extensions import db
from app.groups import service
from app.quizzes.models import ProcedureRun
from tests.groups.conftest import STATION, Room, body
from tests.progress.cohort import mark, write
from tests.support.cast import NOW

DESK = {"nobody": 401, "frida": 404, "theo": 404, "anna": 403, "tarek": 200, "olga": 200, "adam": 200}


def path(room: Room, rest: str = "") -> str:
    return f"/kohorten/{room.cast.nord}/gruppen{rest}"


def people(room: Room) -> list[str]:
    return [str(one.enrolment_id) for one in (room.cast.anna, room.cast.bela, room.cem)]


def draw(client, room, count="2", **values):
    return client.post_form(
        path(room, "/losen"), {"station": STATION, "person": people(room), "anzahl": count} | values
    )


def test_groups_are_drawn(client_for, room):
    client = client_for(room.cast.tarek)
    response = draw(client, room, abschnitt=str(room.cast.slots[4]))
    assert (response.status_code, response.location) == (303, path(room, f"/bilden?station={STATION}"))
    groups = room.groups()
    assert [(group.name, group.slot_id) for group in groups] == [
        ("Gruppe 1", room.cast.slots[4]),
        ("Gruppe 2", room.cast.slots[4]),
    ]
    assert sorted(str(person.id) for group in groups for person in group.people) == sorted(people(room))
    page = client.soup(response.location)
    assert [code.text for code in page.select(".teams .code")] == [group.code for group in groups]


@pytest.mark.parametrize(
    ("count", "who", "sentence"),
    [
        ("0", 3, "Bitte schreiben Sie bei der Zahl der Gruppen eine Zahl von 1 bis 15."),
        ("viele", 3, "Bitte schreiben Sie bei der Zahl der Gruppen eine Zahl von 1 bis 15."),
        ("4", 3, "Für 4 Gruppen sind 3 Personen zu wenig. Bitte wählen Sie weniger Gruppen."),
        ("2", 1, "Bitte wählen Sie mindestens zwei Personen aus."),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_choice_stays(client_for, room, count, who, sentence):
    response = draw(client_for(room.cast.tarek), room, count, person=people(room)[:who])
    assert response.status_code == 422
    page = response.get_data(as_text=True)
    assert sentence in page
    assert page.count(" checked") == who
    assert room.groups() == []


def test_before_groups_are_replaced_it_is_asked(client_for, room):
    """Their codes stand on the wall already. What was chosen stays on the page."""
    before = [group.code for group in room.draw(room.cast.anna, room.cast.bela, count=2)]
    client = client_for(room.cast.tarek)
    response = draw(client, room, "1", person=people(room)[:2])
    assert response.status_code == 409
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")
    asked = page.select_one("#ersetzen")
    assert "gelten deren Codes nicht mehr" in asked.get_text()
    assert page.select_one("#anzahl")["value"] == "1"
    assert [box["value"] for box in page.select("input[name=person][checked]")] == people(room)[:2]
    assert [group.code for group in room.groups()] == before
    yes = asked.select_one("button")
    assert draw(client, room, "1", **{yes["name"]: yes["value"]}).status_code == 303
    assert len(room.groups()) == 1
    assert room.groups()[0].code not in before


def test_after_a_word_was_written_it_says_why_and_what_goes_on(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, body(a="Anna"), "phone-a1")
    client = client_for(room.cast.tarek)
    page = client.soup(path(room, f"/bilden?station={STATION}"))
    note = page.select_one(".note")
    assert "Beim Losen ginge ihr Blatt verloren" in note.get_text()
    assert page.select_one(note.a["href"]).get_text() == "Einzelne umsetzen"
    assert draw(client, room, ersetzen="ja").status_code == 303
    assert [one.id for one in room.groups()] == [group.id]


def ticked(client, room, more: str = "") -> list[str]:
    page = client.soup(path(room, f"/bilden?station={STATION}{more}"))
    return [page.select_one(f"label[for={box['id']}]").get_text(" ", strip=True)
            for box in page.select("input[name=person][checked]")]  # fmt: skip


def test_those_who_are_here_are_ticked(client_for, room):
    """Recorded as present, or something saved today; the newest word of the register decides."""
    client = client_for(room.cast.tarek)
    assert ticked(client, room) == ["Anna Kolb", "Bela Öztürk", "Cem Yıldız"], "nobody is recorded yet"
    mark(room.app, room.cast.anna, room.cast.slots[0])
    write(room.app, room.cast.bela, "w1-1")
    mark(room.app, room.cem, room.cast.slots[0])
    mark(room.app, room.cem, room.cast.slots[2], Attendance.ABSENT)
    assert ticked(client, room) == ["Anna Kolb", "Bela Öztürk"]
    page = client.soup(path(room, f"/bilden?station={STATION}"))
    hint = page.select_one("fieldset .field__hint")
    assert "Eine Person ist deshalb nicht dabei." in " ".join(hint.get_text().split())
    assert ticked(client, room, "&alle=ja") == ["Anna Kolb", "Bela Öztürk", "Cem Yıldız"]
    assert "alle=ja" in hint.a["href"]


def test_yesterday_is_not_today(client_for, room):
    with clock.standing_at(NOW - timedelta(days=1)):
        write(room.app, room.cast.bela, "w1-1")
    write(room.app, room.cast.anna, "w1-1")
    assert ticked(client_for(room.cast.tarek), room) == ["Anna Kolb"]


def test_walk_ins_are_offered(client_for, room):
    def walk_in() -> None:
        db.session.get_one(Enrolment, room.cem.enrolment_id).walk_in = True

    room.do(walk_in)
    mark(room.app, room.cem, room.cast.slots[0])
    assert ticked(client_for(room.cast.tarek), room) == ["Cem Yıldız Gast"]


def test_who_with_whom_on_the_projector(client_for, room):
    groups = room.draw(room.cast.anna, room.cast.bela, room.cem, count=2)
    client, address = client_for(room.cast.tarek), path(room, f"/leinwand?station={STATION}")
    page = client.soup(address)
    assert page.h1.text == "Wer mit wem"
    assert [name.text for name in page.select(".who h2")] == ["Gruppe 1", "Gruppe 2"]
    assert [code.text for code in page.select(".who__code")] == [f"Code: {group.code}" for group in groups]
    assert sorted(name.text for name in page.select(".who__people li")) == [
        "Anna Kolb",
        "Bela Öztürk",
        "Cem Yıldız",
    ]
    bare = client.soup(address + "&codes=nein")
    assert bare.select(".who__code") == []
    assert not any(group.code in bare.get_text() for group in groups)
    assert address in [link["href"] for link in bare.select("footer a")]
    assert address in [link["href"] for link in client.soup(path(room)).select("main a")]


def test_the_projector_before_there_are_groups(client_for, room):
    page = client_for(room.cast.tarek).soup(path(room, f"/leinwand?station={STATION}"))
    assert "Hier gibt es noch keine Gruppen." in page.main.get_text()


def test_stations_off_the_way_are_set_apart(client_for, room):
    def shape() -> None:
        values = {"way": tailor.write(tailor.Way(cases=()))}
        db.session.execute(update(Cohort).where(Cohort.id == room.cast.nord).values(values))

    room.do(shape)
    client = client_for(room.cast.tarek)
    page = client.soup(path(room))
    assert page.select_one("main details summary").get_text() == "Stationen außerhalb des Wegs dieser Kohorte"
    assert page.select_one("main details a").get_text() == "Der Weg zur Kita"
    room.draw(room.cast.anna, room.cast.bela)
    assert "Gehört nicht zum Weg dieser Kohorte." in client.soup(path(room)).select_one("section").get_text()
    form = client.soup(path(room, f"/bilden?station={STATION}"))
    assert "gehört nicht zum Weg dieser Kohorte" in form.select_one(".note").get_text()


def test_people_of_other_cohorts_are_left_out(client_for, room):
    draw(client_for(room.cast.tarek), room, "1", person=[*people(room), str(room.cast.frida.enrolment_id)])
    (group,) = room.groups()
    assert room.cast.frida.enrolment_id not in {person.id for person in group.people}


def test_one_person_is_moved(client_for, room):
    one, two = room.draw(room.cast.anna, room.cast.bela, count=2)
    wanted = {
        f"gruppe-{room.cast.anna.enrolment_id}": str(two.id),
        f"gruppe-{room.cast.bela.enrolment_id}": "0",
    }
    response = client_for(room.cast.tarek).post_form(path(room, "/umsetzen"), {"station": STATION} | wanted)
    assert response.status_code == 303
    members = {group.id: [person.name for person in group.people] for group in room.groups()}
    assert members == {one.id: [], two.id: ["Anna Kolb"]}


def test_a_group_that_has_written_is_not_drawn_anew(client_for, room):
    before = room.draw(room.cast.anna, room.cast.bela)
    room.send(before[0], body(a="Anna"), "phone-a1")
    client = client_for(room.cast.tarek)
    draw(client, room)
    client.post_form(path(room, "/aufloesen"), {"station": STATION})
    assert [group.id for group in room.groups()] == [before[0].id]


def test_groups_are_dissolved(client_for, room):
    room.draw(room.cast.anna, room.cast.bela)
    client_for(room.cast.tarek).post_form(path(room, "/aufloesen"), {"station": STATION})
    assert room.groups() == []


def test_the_result_is_shown_to_the_room(client_for, room):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, {"entries": [{"q": "Schritt I: Wille", "a": "Einen ruhigen Morgen."}]}, "phone-a1")
    page = client_for(room.cast.tarek).soup(path(room, f"/{group.id}/leinwand"))
    assert page.h1.text == "Gruppe 1"
    assert page.select_one(".own").text == "Einen ruhigen Morgen."


@pytest.mark.parametrize(
    "rest", ["", f"/bilden?station={STATION}", f"/leinwand?station={STATION}", "/{group}/leinwand"]
)
def test_who_may_look(client_for, room, rest):
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    found = {
        name: client_for(None if name == "nobody" else getattr(room.cast, name))
        .get(path(room, rest.format(group=group.id)))
        .status_code
        for name in DESK
    }
    assert found == DESK


@pytest.mark.parametrize("rest", ["/losen", "/umsetzen", "/aufloesen"])
def test_who_may_change(client_for, room, rest):
    found = {}
    for name in DESK:
        client = client_for(None if name == "nobody" else getattr(room.cast, name))
        status = client.post_form(
            path(room, rest), {"station": STATION, "person": people(room), "anzahl": "1", "ersetzen": "ja"}
        ).status_code
        found[name] = 200 if status == 303 else status
    assert found == DESK


@pytest.mark.parametrize(
    "rest",
    ["/bilden", "/bilden?station=feld/felder", "/bilden?station=nie/nie", "/leinwand", "/999/leinwand"],
)
def test_unknown(client_for, room, rest):
    assert client_for(room.cast.tarek).get(path(room, rest)).status_code == 404


def test_two_draws_at_once_are_one_after_the_other(room, monkeypatch):
    together = Barrier(2)

    def slow(cohort_id: int) -> str:
        with suppress(BrokenBarrierError):
            together.wait(0.5)
        return free_code(cohort_id)

    free_code = service._free_code
    monkeypatch.setattr(service, "_free_code", slow)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: room.draw(room.cast.anna, room.cast.bela), range(2)))
    assert [group.number for group in room.groups()] == [1]


def test_a_new_group_never_gets_the_number_of_a_former_one(room):
    """Runs of procedures and drafts on phones are named after it."""
    former = room.draw(room.cast.anna, room.cast.bela, count=2)
    new = room.draw(room.cast.anna, room.cast.bela, count=2)
    assert not {group.id for group in former} & {group.id for group in new}


def test_who_is_put_elsewhere_moderates_no_more_where_they_were(room):
    first, second = room.draw(room.cast.anna, room.cast.bela, room.cem, count=2)
    moderator = first.people[0].id

    def begin(block: str, person: int) -> None:
        values = {
            "cohort_id": room.cast.nord,
            "block_id": block,
            "step_started_at": clock.now(),
            "version": 2,
        }
        db.session.add(
            ProcedureRun(scope=f"gruppe:{first.id}", step=1, moderator_enrolment_id=person, **values)
        )

    def moderators() -> list[tuple[int | None, int]]:
        with room.app.app_context():
            runs = db.session.query(ProcedureRun).order_by(ProcedureRun.id)
            return [(run.moderator_enrolment_id, run.version) for run in runs]

    room.do(lambda: begin("a2", moderator))
    room.do(lambda: service.pick(room.cast.nord, STATION, {moderator: first.id}))
    assert moderators() == [(moderator, 2)]
    room.do(lambda: service.pick(room.cast.nord, STATION, {moderator: second.id}))
    assert moderators() == [(None, 3)]
