"""/kohorten/<id>/gruppen: trainers draw and pick groups and show what they wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest

from app import clock
from app.extensions import db
from app.groups import service
from app.quizzes.models import ProcedureRun
from tests.groups.conftest import STATION, Room, body

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


@pytest.mark.parametrize("rest", ["", f"/bilden?station={STATION}", "/{group}/leinwand"])
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
            path(room, rest), {"station": STATION, "person": people(room), "anzahl": "1"}
        ).status_code
        found[name] = 200 if status == 303 else status
    assert found == DESK


@pytest.mark.parametrize(
    "rest", ["/bilden", "/bilden?station=feld/felder", "/bilden?station=nie/nie", "/999/leinwand"]
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
