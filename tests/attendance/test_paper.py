"""A signed list taken over in the evening: one screen for a day, a choice for each half day."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.attendance.on_paper.halves import Choice, Half, Slot, gather, spread
from app.cohorts import register, service
from app.cohorts.models import Attendance, Enrolment, ScheduledSlot, Way
from app.extensions import db
from tests.support.cast import NOW, Cast, enrol
from tests.support.doors import STAFF, knock

EVENING = NOW + timedelta(hours=9)
FIRST, SECOND, THIRD = 0, 2, 4  # content slots of the cast: 90 and 90 minutes, lunch, 90 minutes


@pytest.fixture(autouse=True)
def _evening(_friday_morning: None) -> Any:
    with clock.standing_at(EVENING):
        yield


@pytest.fixture
def url(cast: Cast, reading: Any) -> str:
    with reading():
        return f"/kohorten/{cast.nord}/anwesenheit/papier/{service.days(cast.nord)[0].id}"


def shown(client: Any, address: str) -> dict[str, str]:
    """The form as it came, ready to be changed and sent."""
    page = client.soup(address)
    form = page.select_one("form.wide")
    found = {field["name"]: field["value"] for field in form.select("input[type=hidden], input[type=text]")}
    for select in form.select("select"):
        found[select["name"]] = select.select_one("option[selected]")["value"]
    return found


def pick(person: Any, half: int, choice: str, minutes: str = "") -> dict[str, str]:
    key = f"{person.enrolment_id}_{half}"
    return {f"wahl_{key}": choice, f"minuten_{key}": minutes}


def states(cast: Cast, person: Any) -> list[tuple[str, int] | None]:
    marks = service.marks(cast.nord)
    found = [marks.get((person.enrolment_id, cast.slots[slot])) for slot in (FIRST, SECOND, THIRD)]
    return [(mark.state, mark.minutes) if mark else None for mark in found]


def test_works(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | pick(cast.anna, 0, "da") | pick(cast.anna, 1, "fehlt")
    form |= pick(cast.bela, 0, "spaeter", "100") | pick(cast.bela, 1, "entschuldigt")
    answer = client.post_form(url, form)
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    with reading():
        assert states(cast, cast.anna) == [("present", 90), ("present", 90), ("absent", 0)]
        assert states(cast, cast.bela) == [("partial", 10), ("present", 90), ("excused", 0)]
        [mark] = service.mark_history(cast.anna.enrolment_id, cast.slots[FIRST])
        assert (mark.way, mark.recorded_by) == (Way.PAPER, "Tarek Aydın")
    assert "2 Personen sind eingetragen." in client.get(url).get_data(as_text=True)


@pytest.mark.parametrize(
    ("choice", "minutes", "states_"),
    [
        ("frueher", "100", [("present", 90), ("partial", 10)]),
        ("frueher", "90", [("present", 90), ("absent", 0)]),
        ("frueher", "1", [("partial", 1), ("absent", 0)]),
        ("spaeter", "90", [("absent", 0), ("present", 90)]),
        ("spaeter", "180", [("present", 90), ("present", 90)]),
    ],
)
def test_minutes_are_the_first_or_the_last_of_the_half_day(
    cast: Cast, client_for: Any, reading: Any, url: str, choice: str, minutes: str, states_: Any
) -> None:
    client = client_for(cast.tarek)
    assert client.post_form(url, shown(client, url) | pick(cast.anna, 0, choice, minutes)).status_code == 303
    with reading():
        assert states(cast, cast.anna) == [*states_, None]


def test_what_was_recorded_otherwise_is_there_already(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        for slot, way in ((FIRST, Way.CODE), (SECOND, Way.LIST)):
            row = db.session.get_one(ScheduledSlot, cast.slots[slot])
            register.enter(
                row, cast.anna.enrolment_id, register.Entry(state=Attendance.PRESENT, way=way), "Anna Kolb"
            )
        row = db.session.get_one(ScheduledSlot, cast.slots[THIRD])
        register.enter(
            row, cast.anna.enrolment_id, register.Entry(state=Attendance.PARTIAL, minutes=30), "Tarek"
        )
    page = client_for(cast.tarek).soup(url)
    row = page.select_one(f"#person_{cast.anna.enrolment_id}")
    assert [option["value"] for option in row.select("option[selected]")] == ["da", "spaeter"]
    assert row.select_one(f"#minuten_{cast.anna.enrolment_id}_1")["value"] == "30"
    assert "erfasst mit dem Code im Raum" in row.get_text()
    assert "teilweise" in [option.get_text() for option in row.select("select")[1].select("option")]


def test_only_what_was_changed_becomes_marks(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    client.post_form(url, shown(client, url) | pick(cast.anna, 0, "da"))
    assert client.post_form(url, shown(client, url) | pick(cast.bela, 1, "da")).status_code == 303
    with reading():
        counts = [len(service.mark_history(cast.anna.enrolment_id, slot)) for slot in cast.slots]
        assert counts == [1, 0, 1, 0, 0]


def test_sent_twice_is_recorded_once(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | pick(cast.anna, 0, "da") | {"gast_0": "Gero Gast", "wahl_gast0_0": "da"}
    for _ in range(2):
        assert client.post_form(url, form).status_code == 303
    with reading():
        assert len(service.mark_history(cast.anna.enrolment_id, cast.slots[FIRST])) == 1
        [guest] = [person for person in service.enrolments(cast.nord) if person.name == "Gero Gast"]
        assert len(service.mark_history(guest.id, cast.slots[FIRST])) == 1


def test_everyone_signed_asks_before_it_saves(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    answer = client.post_form(url, shown(client, url) | pick(cast.anna, 1, "fehlt") | {"alle": "1"})
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 200
    assert "3 halbe Tage, die noch nicht ganz erfasst waren, stehen jetzt auf „unterschrieben“" in text
    assert "Ja, so speichern" in text
    [back] = BeautifulSoup(answer.data, "html.parser").select("main .warning a")
    assert (back["href"], back.get_text()) == (url, "Doch nicht: zeigen, was erfasst ist")
    with reading():
        assert service.marks(cast.nord) == {}


def test_everyone_signed_completes_who_came_by_code(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        row = db.session.get_one(ScheduledSlot, cast.slots[FIRST])
        by_code = register.Entry(state=Attendance.PRESENT, way=Way.CODE)
        register.enter(row, cast.anna.enrolment_id, by_code, "Anna Kolb")
        register.enter(row, cast.bela.enrolment_id, register.Entry(state=Attendance.EXCUSED), "Tarek")
    client = client_for(cast.tarek)
    form = shown(client, url)
    mornings = [f"wahl_{who.enrolment_id}_0" for who in (cast.anna, cast.bela)]
    assert [form[name] for name in mornings] == ["gemischt", "gemischt"]
    assert "Bei „gemischt“ sagen die Abschnitte Verschiedenes" in client.soup(url).get_text()
    proposed = BeautifulSoup(client.post_form(url, form | {"alle": "1"}).data, "html.parser")
    chosen = [proposed.select_one(f"select[name={name}] option[selected]")["value"] for name in mornings]
    assert chosen == ["da", "gemischt"]


def test_mixed_entries_stay_unless_another_choice_is_made(
    cast: Cast, client_for: Any, reading: Any, writing: Any, url: str
) -> None:
    with writing():
        for slot, state in ((FIRST, Attendance.EXCUSED), (SECOND, Attendance.PRESENT)):
            row = db.session.get_one(ScheduledSlot, cast.slots[slot])
            register.enter(row, cast.anna.enrolment_id, register.Entry(state=state), "Tarek")
    client = client_for(cast.tarek)
    form = shown(client, url)
    assert form[f"wahl_{cast.anna.enrolment_id}_0"] == "gemischt"
    text = " ".join(client.soup(url).select_one(f"#person_{cast.anna.enrolment_id}").get_text().split())
    assert "09:00: entschuldigt, 10:45: anwesend" in text
    client.post_form(url, form | pick(cast.anna, 1, "da"))
    with reading():
        assert states(cast, cast.anna) == [("excused", 0), ("present", 90), ("present", 90)]
    client.post_form(url, shown(client, url) | pick(cast.anna, 0, "da"))
    with reading():
        assert states(cast, cast.anna) == [("present", 90), ("present", 90), ("present", 90)]


@pytest.mark.parametrize(
    ("choice", "minutes", "words"),
    [
        ("spaeter", "", "Bitte geben Sie an, wie viele Minuten Inhalt"),
        ("frueher", "viel", "Bitte geben Sie an, wie viele Minuten Inhalt"),
        ("frueher", "٣", "Bitte geben Sie an, wie viele Minuten Inhalt"),
        ("frueher", "9" * 40, "Bitte geben Sie an, wie viele Minuten Inhalt"),
        ("spaeter", "0", "Es ist mindestens eine Minute"),
        ("spaeter", "181", "Der Vormittag hat 180 Minuten Inhalt, mehr geht nicht."),
        ("schläft", "", "Bitte wählen Sie einen der Einträge"),
        ("gemischt", "", "Bitte wählen Sie einen der Einträge"),
    ],
)
def test_bad_rows_are_named_and_nothing_is_lost(
    cast: Cast, client_for: Any, reading: Any, url: str, choice: str, minutes: str, words: str
) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | pick(cast.anna, 0, choice, minutes) | pick(cast.bela, 1, "fehlt")
    answer = client.post_form(url, form | {"gast_1": "Gero Gast", "wahl_gast1_0": "da"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"Anna Kolb, Vormittag: {words}" in text
    assert not minutes or f'value="{minutes}"' in text
    assert 'value="Gero Gast"' in text
    assert text.count('<option value="fehlt" selected>') == 1
    with reading():
        assert service.marks(cast.nord) == {}


def test_two_people_at_once_overwrite_nothing(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    tarek, olga = client_for(cast.tarek), client_for(cast.olga)
    form = shown(tarek, url)
    olga.post_form(url, form | pick(cast.anna, 0, "fehlt"))
    answer = tarek.post_form(url, form | pick(cast.anna, 0, "da") | pick(cast.bela, 0, "da"))
    text = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 409
    assert (
        "09:00 Uhr: eingetragen ist „abwesend“ (Olga Sommer, 20:00 Uhr, von der Papierliste), vom Papier käme „anwesend“"
        in text
    )
    assert "Alles andere ist gespeichert." in text
    with reading():
        assert states(cast, cast.anna) == [("absent", 0), ("absent", 0), None]
        assert states(cast, cast.bela)[:2] == [("present", 90), ("present", 90)]
    assert tarek.post_form(url, shown(tarek, url) | pick(cast.anna, 0, "da")).status_code == 303
    with reading():
        assert states(cast, cast.anna)[:2] == [("present", 90), ("present", 90)]


def test_a_changed_plan_is_named_before_anything_is_saved(
    cast: Cast, client_for: Any, reading: Any, writing: Any, url: str
) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | pick(cast.anna, 0, "da")
    with writing():
        slot = db.session.get_one(ScheduledSlot, cast.slots[SECOND])
        slot.ends_at -= timedelta(minutes=20)
    answer = client.post_form(url, form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Der Tagesplan hat sich geändert" in text
    assert text.count('<option value="da" selected>') == 1
    with reading():
        assert service.marks(cast.nord) == {}
    assert client.post_form(url, shown(client, url) | pick(cast.anna, 0, "da")).status_code == 303
    with reading():
        assert states(cast, cast.anna)[:2] == [("present", 90), ("present", 70)]


def test_nobody_signed_before_it_began(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    with clock.standing_at(NOW):  # 11:00: the afternoon is to come
        answer = client.post_form(url, shown(client, url) | pick(cast.anna, 1, "da"))
        assert answer.status_code == 422
        assert "Der Nachmittag hat noch nicht ganz begonnen" in answer.get_data(as_text=True)
        form = shown(client, url) | pick(cast.anna, 1, "entschuldigt")
        assert client.post_form(url, form).status_code == 303
        proposed = client.post_form(url, shown(client, url) | {"alle": "1"}).get_data(as_text=True)
        assert proposed.count('<option value="da" selected>') == 2
    with reading():
        assert states(cast, cast.anna) == [None, None, ("excused", 0)]


# People who are only on paper


def test_a_name_on_an_empty_row_becomes_a_guest(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | {"gast_2": " Gero  Gast ", "wahl_gast2_0": "da", "wahl_gast2_1": "fehlt"}
    assert client.post_form(url, form).status_code == 303
    with reading():
        [guest] = [person for person in service.enrolments(cast.nord) if person.walk_in]
        assert guest.name == "Gero Gast"
        assert states(cast, SimpleNamespace(enrolment_id=guest.id)) == [
            ("present", 90),
            ("present", 90),
            ("absent", 0),
        ]
    assert "Gast, Gero" in client.soup(url).get_text()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"wahl_gast0_0": "da"}, "Hier ist etwas gewählt, aber kein Name angegeben"),
        ({"gast_0": "Gero Gast"}, "Bitte wählen Sie für mindestens einen halben Tag"),
        ({"gast_0": "1", "wahl_gast0_0": "da"}, "Bitte geben Sie Vor- und Nachnamen an"),
        ({"gast_0": "Gero\u0007 Gast", "wahl_gast0_0": "da"}, "Der Name enthält unsichtbare Steuerzeichen"),
        ({"gast_0": "anna  KOLB", "wahl_gast0_0": "da"}, "„Anna Kolb“ steht schon in der Liste oben"),
        ({"gast_0": "Gero Gast", "wahl_gast0_0": "spaeter"}, "Bitte geben Sie an, wie viele Minuten"),
    ],
)
def test_bad_guests_are_named(
    cast: Cast, client_for: Any, reading: Any, url: str, fields: dict[str, str], words: str
) -> None:
    client = client_for(cast.tarek)
    answer = client.post_form(url, shown(client, url) | pick(cast.bela, 0, "da") | fields)
    assert answer.status_code == 422
    assert f"Freie Zeile 1: {words}" in answer.get_data(as_text=True)
    with reading():
        assert len(service.enrolments(cast.nord)) == 2
        assert service.marks(cast.nord) == {}


def test_somebody_else_of_the_same_name_can_be_added(
    cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    client = client_for(cast.tarek)
    form = shown(client, url) | {"gast_0": "Anna Kolb", "wahl_gast0_0": "da"}
    answer = client.post_form(url, form)
    assert 'name="anders_0"' in answer.get_data(as_text=True)
    assert client.post_form(url, form | {"anders_0": "1"}).status_code == 303
    with reading():
        assert [person.name for person in service.enrolments(cast.nord)].count("Anna Kolb") == 2
        assert states(cast, cast.anna) == [None, None, None]


# The page


def test_people_stand_in_the_order_of_the_printed_list(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        enrol(cast.nord, "Zoe von Amsberg")
        enrol(cast.nord, "Anton Zander")
    rows = client_for(cast.tarek).soup(url).select("tbody tr:not(.guest) th")
    assert [" ".join(row.get_text().split()) for row in rows] == [
        "Kolb, Anna", "Öztürk, Bela", "von Amsberg, Zoe", "Zander, Anton",
    ]  # fmt: skip


def test_people_of_other_cohorts_are_not_recorded(
    cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    client = client_for(cast.tarek)
    assert client.post_form(url, shown(client, url) | pick(cast.frida, 0, "da")).status_code == 303
    with reading():
        assert service.marks_of(cast.frida.enrolment_id) == {}


def test_a_certificate_that_may_be_wrong_now_is_named(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        service.fix_name(db.session.get_one(Enrolment, cast.anna.enrolment_id))
    client = client_for(cast.tarek)
    client.post_form(url, shown(client, url) | pick(cast.anna, 0, "fehlt"))
    assert "Für Anna Kolb ist schon eine Bescheinigung ausgestellt." in client.get(url).get_data(as_text=True)


def test_a_day_without_content_says_so(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        for slot in service.slots(cast.nord):
            slot.kind = "pause"
    assert "nichts zu unterschreiben" in client_for(cast.tarek).soup(url).get_text()


def test_other_days_are_not_found(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        foreign = service.days(cast.sued)[0].id
    client = client_for(cast.olga)
    for day in (foreign, 4711, 2**40):
        address = f"/kohorten/{cast.nord}/anwesenheit/papier/{day}"
        assert client.get(address).status_code == 404
        assert client.post_form(address).status_code == 404


def test_who_may(cast: Cast, client_for: Any, url: str) -> None:
    assert knock(client_for, cast, url) == STAFF
    assert knock(client_for, cast, url, post=True) == STAFF


def test_reading_costs_the_same_for_many_people(
    cast: Cast, client_for: Any, writing: Any, statements: Any, url: str
) -> None:
    client = client_for(cast.tarek)
    with statements() as few:
        client.get(url)
    with writing():
        for number in range(20):
            enrol(cast.nord, f"Person Zahl{number}")
    with statements() as many:
        client.get(url)
    assert len(many) == len(few)


# What a choice says, and back


slots = st.lists(st.integers(1, 120), min_size=1, max_size=5)


def half(minutes: list[int]) -> Half:
    return Half(0, "Vormittag", tuple(Slot(at, NOW, NOW, "", length) for at, length in enumerate(minutes, 1)))


@given(slots, st.sampled_from([Choice.LATE, Choice.EARLY]), st.data())
def test_minutes_are_spread_without_loss_and_read_back(minutes: list[int], choice: Choice, data: Any) -> None:
    wanted = data.draw(st.integers(1, sum(minutes)))
    day = half(minutes)
    said = spread(day, choice, wanted)
    assert sum(count for _, count in said) == wanted
    assert all(count <= slot.content_minutes for (_, count), slot in zip(said, day.slots, strict=True))
    marks = {
        slot.id: SimpleNamespace(state=state.value, minutes=count)
        for slot, (state, count) in zip(day.slots, said, strict=True)
    }
    found, count = gather(day, marks)
    assert found is not Choice.MIXED
    assert spread(day, found, count) == said


@given(slots, st.data())
def test_what_is_read_says_the_same_or_is_mixed(minutes: list[int], data: Any) -> None:
    day = half(minutes)
    marks = {}
    for slot in day.slots:
        state = data.draw(st.sampled_from([None, *Attendance]))
        if state is not None and state is not Attendance.NOT_RECORDED:
            count = {
                Attendance.PRESENT: slot.content_minutes,
                Attendance.PARTIAL: data.draw(st.integers(1, 200)),
            }
            marks[slot.id] = SimpleNamespace(state=state.value, minutes=count.get(state, 0))
    choice, count = gather(day, marks)
    if choice is Choice.MIXED:
        return
    for slot, (state, said) in zip(day.slots, spread(day, choice, count), strict=True):
        mark = marks.get(slot.id)
        if mark is None:
            assert state is Attendance.NOT_RECORDED
        elif mark.state == Attendance.PARTIAL:
            assert said == min(mark.minutes, slot.content_minutes)
        else:
            assert state == mark.state
