"""The home of staff: each thing to do appears when it is there and goes when it is done, for those who can do it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app import clock
from app.accounts import letters, outbox
from app.accounts.models import Letter, User
from app.admission.models import Waiting
from app.attendance.models import Claim, Objection
from app.certificates.models import Certificate
from app.cohorts import register, service
from app.cohorts.models import (
    Attendance,
    Cohort,
    CourseDay,
    Enrolment,
    ScheduledSlot,
    cohort_trainer,
)
from app.cohorts.register import Entry
from app.desk import rules
from app.extensions import db
from tests.conftest import ClientFor, Inside
from tests.support.cast import DAY, NOW, SLOTS, Cast, Person, cohort, enrol

EVENING = clock.instant(DAY, 18 * 60)
CONTENT = (0, 2, 4)


def home(client_for: ClientFor, person: Person) -> Any:
    return client_for(person).soup("/heute")


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def lines(page: Any) -> dict[str, list[str]]:
    """Heading -> the lines below it, of what is to be done."""
    return {
        words(head): [words(line.select_one(".duty__text")) for line in head.find_next("ul").select("li")]
        for head in page.select("section[aria-labelledby=zu-tun] h3")
    }


def to_do(client_for: ClientFor, person: Person, title: str = "Kohorte Nord") -> list[str]:
    return lines(home(client_for, person)).get(title, [])


def link(page: Any, text: str) -> str:
    """Where the line that begins so leads to."""
    found = [line["href"] for line in page.select("a.duty") if words(line).startswith(text)]
    assert len(found) == 1, (text, [words(line) for line in page.select("a.duty")])
    return str(found[0])


def mark_everyone(cast: Cast, *numbers: int) -> None:
    """Present in these slots, and the day's times are confirmed."""
    olga = db.session.get_one(User, cast.olga.user_id)
    for number in numbers:
        slot = db.session.get_one(ScheduledSlot, cast.slots[number])
        for person in service.enrolments(cast.nord):
            service.mark(slot, person, Attendance.PRESENT, slot.minutes, olga)


def confirm(cohort_id: int) -> None:
    db.session.execute(
        update(CourseDay).where(CourseDay.cohort_id == cohort_id).values(confirmed_at=clock.now())
    )


def day_id(cohort_id: int) -> int:
    return db.session.scalars(select(CourseDay.id).where(CourseDay.cohort_id == cohort_id)).one()


# What runs


def running(page: Any) -> list[str]:
    return [words(found) for found in page.select(".running > li")]


def test_what_runs_now_and_who_is_there(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        olga = db.session.get_one(User, cast.olga.user_id)
        slot = db.session.get_one(ScheduledSlot, cast.slots[2])
        anna, bela = service.enrolments(cast.nord)
        service.mark(slot, anna, Attendance.PARTIAL, 30, olga)
        service.mark(slot, bela, Attendance.ABSENT, 0, olga)
    nord, sued = running(home(client_for, cast.olga))
    assert nord.startswith("Kohorte Nord Jetzt bis 12:15 Uhr: Das Feld Im Register: 1 von 2 da")
    assert sued.startswith("Kohorte Süd Jetzt bis 12:15 Uhr: Das Feld Noch niemand eingetragen")


@pytest.mark.parametrize(
    ("minute", "said"),
    [
        (8 * 60, "Beginnt um 09:00 Uhr: Ankommen 2 Personen"),
        (9 * 60, "Jetzt bis 10:30 Uhr: Ankommen Noch niemand eingetragen"),
        (10 * 60 + 30, "Jetzt bis 10:45 Uhr: Pause 2 Personen"),
        (14 * 60 + 45, "Zu Ende seit 14:45 Uhr 2 Personen"),
    ],
)
def test_the_day_goes_on(cast: Cast, client_for: ClientFor, minute: int, said: str) -> None:
    with clock.standing_at(clock.instant(DAY, minute)):
        assert said in running(home(client_for, cast.tarek))[0]


def test_between_two_slots_it_says_what_comes_next(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[2]).cancelled_at = clock.now()
    assert "Weiter um 12:15 Uhr: Mittagspause" in running(home(client_for, cast.tarek))[0]


def test_on_another_day_nothing_runs(cast: Cast, client_for: ClientFor) -> None:
    for moment in (NOW - timedelta(days=1), NOW + timedelta(days=1)):
        with clock.standing_at(moment):
            assert running(home(client_for, cast.olga)) == []


def test_a_day_goes_on_after_midnight(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    night = clock.instant(DAY, 24 * 60 + 30)
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[4]).ends_at = clock.instant(DAY, 25 * 60)
    with clock.standing_at(night):
        assert "Jetzt bis 01:00 Uhr: Fallwerkstatt" in running(home(client_for, cast.tarek))[0]


# What is to be done


def test_a_slot_without_register(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    """The one that runs is shown with its day; the one before it waits."""
    page = home(client_for, cast.tarek)
    assert lines(page) == {"Kohorte Nord": ["Anwesenheit fehlt: Ankommen"]}
    detail = page.select_one(".duty__detail")
    assert words(detail) == "Fr, 3. Juli, 09:00–10:30 · noch niemand erfasst"
    assert link(page, "Anwesenheit fehlt") == f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[0]}"
    with writing():
        record(cast, cast.anna, Attendance.EXCUSED)
    assert "1 von 2 erfasst" in words(home(client_for, cast.tarek))
    with writing():
        record(cast, cast.bela, Attendance.PRESENT)
    assert to_do(client_for, cast.tarek) == []
    with writing():
        record(cast, cast.bela, Attendance.NOT_RECORDED)
    assert to_do(client_for, cast.tarek) == ["Anwesenheit fehlt: Ankommen"]


def record(cast: Cast, person: Person, state: Attendance) -> None:
    """In the first slot."""
    slot, olga = db.session.get_one(ScheduledSlot, cast.slots[0]), db.session.get_one(User, cast.olga.user_id)
    service.mark(slot, db.session.get_one(Enrolment, person.enrolment_id), state, 0, olga)


def test_whoever_left_is_not_missing(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, 0)
        enrol(cast.nord, "Clara Ernst")
    assert to_do(client_for, cast.tarek) == ["Anwesenheit fehlt: Ankommen"]
    with writing():
        clara = db.session.scalars(select(Enrolment).where(Enrolment.name == "Clara Ernst")).one()
        clara.left_at = clock.now()
    assert to_do(client_for, cast.tarek) == []


def test_a_mark_that_lost_does_not_count(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        olga = db.session.get_one(User, cast.olga.user_id)
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        for person in (cast.anna, cast.bela):
            entry = Entry(state=Attendance.PRESENT, counts=False)
            register.enter(slot, person.enrolment_id, entry, olga)
    assert "Anwesenheit fehlt: Ankommen" in to_do(client_for, cast.tarek)


def test_three_slots_are_named_and_the_others_counted(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    with writing():
        for number in range(3):
            add_day(cast.nord, DAY - timedelta(days=1 + number))
    found = to_do(client_for, cast.tarek)
    assert found[:4] == [
        "Anwesenheit fehlt: Ankommen",
        "Anwesenheit fehlt: Das Feld",
        "Anwesenheit fehlt: Fallwerkstatt",
        "und 7 weitere Abschnitte ohne Anwesenheit",
    ]
    assert "Di, 30. Juni" in words(home(client_for, cast.tarek).select_one(".duty__detail"))


def add_day(cohort_id: int, day: date) -> None:
    row = CourseDay(cohort_id=cohort_id, date=day, name=f"Tag {day.day}")
    db.session.add(row)
    db.session.flush()
    for start, end, kind, name, modules in SLOTS:
        db.session.add(
            ScheduledSlot(
                cohort_id=cohort_id, day_id=row.id, kind=kind, title=name, modules=modules,
                starts_at=clock.instant(day, start), ends_at=clock.instant(day, end),
            )
        )  # fmt: skip
    db.session.flush()


def test_a_day_without_confirmed_times(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, *CONTENT)
    assert to_do(client_for, cast.tarek) == []
    with clock.standing_at(EVENING):
        page = home(client_for, cast.tarek)
        assert lines(page) == {"Kohorte Nord": ["Ist-Zeiten bestätigen: Fr, 3. Juli"]}
        with writing():
            confirm(cast.nord)
        assert to_do(client_for, cast.tarek) == []


def test_once_certificates_state_the_minutes_times_are_not_asked_for(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    with writing():
        mark_everyone(cast, *CONTENT)
        certify(cast)
    with clock.standing_at(EVENING):
        assert to_do(client_for, cast.tarek) == []


def conflict(cast: Cast) -> None:
    """Tarek says present; a mark of Olga's that came too late says absent."""
    people = [db.session.get_one(User, person.user_id) for person in (cast.tarek, cast.olga)]
    slot = db.session.get_one(ScheduledSlot, cast.slots[0])
    for by, state, counts in zip(people, (Attendance.PRESENT, Attendance.ABSENT), (True, False), strict=True):
        register.enter(slot, cast.anna.enrolment_id, Entry(state=state, counts=counts), by)


def test_entries_that_contradict_each_other(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, 0)
        conflict(cast)
    assert to_do(client_for, cast.tarek) == ["1 Eintrag widerspricht einem anderen"]
    with writing():
        olga = db.session.get_one(User, cast.olga.user_id)
        slot = db.session.get_one(ScheduledSlot, cast.slots[0])
        register.enter(slot, cast.anna.enrolment_id, Entry(state=Attendance.ABSENT), olga)
    assert to_do(client_for, cast.tarek) == []


def test_a_walk_in_nobody_knows(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        georg = enrol(cast.nord, "Gast Georg").enrolment_id
        db.session.get_one(Enrolment, georg).walk_in = True
        mark_everyone(cast, 0)
    assert to_do(client_for, cast.tarek) == ["1 Gast ist noch niemandem zugeordnet"]
    with writing():
        guest = db.session.get_one(Enrolment, georg)
        guest.merged_into_id, guest.left_at = cast.anna.enrolment_id, clock.now()
    assert to_do(client_for, cast.tarek) == []


def test_what_was_over_before_a_walk_in_came_is_not_asked_for(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    """Ankommen ended at 10:30; somebody came at 10:30, another a minute before, and was not recorded either."""
    with writing():
        record(cast, cast.anna, Attendance.PRESENT)
        georg = enrol(cast.nord, "Gast Georg").enrolment_id
        guest = db.session.get_one(Enrolment, georg)
        guest.walk_in, guest.joined_at = True, clock.instant(DAY, 10 * 60 + 30)
    assert "1 von 2 erfasst" in words(home(client_for, cast.tarek))
    with writing():
        record(cast, cast.bela, Attendance.PRESENT)
    assert to_do(client_for, cast.tarek) == ["1 Gast ist noch niemandem zugeordnet"]
    with writing():
        slot, olga = (
            db.session.get_one(ScheduledSlot, cast.slots[0]),
            db.session.get_one(User, cast.olga.user_id),
        )
        service.mark(slot, db.session.get_one(Enrolment, georg), Attendance.PRESENT, 0, olga)
        record(cast, cast.bela, Attendance.NOT_RECORDED)
    assert "2 von 3 erfasst" in words(home(client_for, cast.tarek))
    with writing():
        record(cast, cast.bela, Attendance.PRESENT)
        slot, olga = (
            db.session.get_one(ScheduledSlot, cast.slots[0]),
            db.session.get_one(User, cast.olga.user_id),
        )
        guest = db.session.get_one(Enrolment, georg)
        service.mark(slot, guest, Attendance.NOT_RECORDED, 0, olga)
        guest.joined_at -= timedelta(minutes=1)
    assert "Anwesenheit fehlt: Ankommen" in to_do(client_for, cast.tarek)
    with writing():
        guest = db.session.get_one(Enrolment, georg)
        guest.walk_in, guest.joined_at = False, NOW
    assert to_do(client_for, cast.tarek) == ["Anwesenheit fehlt: Ankommen"]  # participants are asked for


def test_a_claim_nobody_assigned(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, 0)
        db.session.add(Claim(slot_id=cast.slots[0], name="Anna K.", scanned_at=clock.now()))
    page = home(client_for, cast.tarek)
    assert lines(page) == {"Kohorte Nord": ["1 Anmeldung mit Code ist noch niemandem zugeordnet"]}
    assert link(page, "1 Anmeldung") == f"/kohorten/{cast.nord}/anwesenheit/{cast.slots[0]}/eingecheckt"
    with writing():
        db.session.execute(update(Claim).values(settled_at=clock.now()))
    assert to_do(client_for, cast.tarek) == []


def object_to(cast: Cast, number: int) -> None:
    db.session.add(
        Objection(
            enrolment_id=cast.anna.enrolment_id,
            slot_id=cast.slots[number],
            sentence="Ich war da.",
            at=clock.now(),
        )
    )


def test_objections_wait_for_organisers(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, *CONTENT)
        object_to(cast, 0)
        object_to(cast, 2)
    assert to_do(client_for, cast.olga) == ["2 Einsprüche warten auf Ihre Entscheidung"]
    assert to_do(client_for, cast.tarek) == []
    with writing():
        db.session.execute(update(Objection).values(decided_at=clock.now(), granted=False))
    assert to_do(client_for, cast.olga) == []


def test_a_free_seat_and_somebody_who_waits(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    def seats(number: int | None) -> None:
        with writing():
            db.session.get_one(Cohort, cast.nord).seats = number

    with writing():
        mark_everyone(cast, *CONTENT)
        for name in ("Gerd Hahn", "Ida Jung", "Kim Lenz"):
            db.session.add(Waiting(cohort_id=cast.nord, name=name, asked_at=clock.now()))
    seats(2)
    assert to_do(client_for, cast.olga) == []
    seats(3)
    page = home(client_for, cast.olga)
    assert lines(page)["Kohorte Nord"] == ["3 Personen warten, 1 Platz ist frei"]
    assert link(page, "3 Personen warten") == f"/kohorten/{cast.nord}/warteliste"
    seats(5)
    assert to_do(client_for, cast.olga) == ["3 Personen warten, 3 Plätze sind frei"]
    seats(None)
    assert to_do(client_for, cast.olga) == ["3 Personen warten, es ist noch Platz"]
    assert to_do(client_for, cast.tarek) == []
    with writing():
        db.session.execute(update(Waiting).values(withdrawn_at=clock.now()))
    assert to_do(client_for, cast.olga) == []


def test_a_cohort_that_begins_soon_without_anybody(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    with writing():
        sued = db.session.get_one(Cohort, cast.sued)
        sued.title = "Kohorte West"
        db.session.execute(
            update(CourseDay).where(CourseDay.cohort_id == cast.sued).values(date=DAY + rules.SOON)
        )
        db.session.execute(cohort_trainer.delete().where(cohort_trainer.c.cohort_id == cast.sued))
        db.session.get_one(Enrolment, cast.frida.enrolment_id).left_at = clock.now()
    page = home(client_for, cast.olga)
    assert lines(page)["Kohorte West"] == [
        "Noch niemand als Trainer:in zugeordnet",
        "Noch niemand angemeldet",
    ]
    assert "beginnt am Freitag, 10. Juli 2026" in words(page)
    with clock.standing_at(NOW - timedelta(days=1)):
        assert to_do(client_for, cast.olga, "Kohorte West") == []
    with writing():
        enrol(cast.sued, "Ole Falk")
        db.session.execute(cohort_trainer.insert().values(cohort_id=cast.sued, user_id=cast.theo.user_id))
    assert to_do(client_for, cast.olga, "Kohorte West") == []


def test_certificates_of_a_cohort_that_is_over(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with clock.standing_at(EVENING):
        with writing():
            mark_everyone(cast, 0, 2)
            confirm(cast.nord)
        assert to_do(client_for, cast.olga) == ["Anwesenheit fehlt: Fallwerkstatt"]
        with writing():
            mark_everyone(cast, 4)
        assert to_do(client_for, cast.olga) == ["Bescheinigungen ausstellen"]
        assert to_do(client_for, cast.tarek) == []
        with writing():
            certify(cast)
        assert to_do(client_for, cast.olga) == []


def certify(cast: Cast) -> None:
    db.session.add(
        Certificate(
            enrolment_id=cast.anna.enrolment_id, cohort_id=cast.nord, kind="participation", number="2026-0001",
            code="X", facts="{}", pdf=b"", pdf_sha256="", conforms=True, issued_at=clock.now(), issued_by="Olga",
            valid_key=f"{cast.anna.enrolment_id}:participation",
        )
    )  # fmt: skip


def test_mail_that_did_not_arrive(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        letters.write("anna@example.org", "Ihr Link", "x")
    assert "Post" not in lines(home(client_for, cast.olga))
    with writing():
        letter = db.session.scalars(select(Letter)).one()
        letter.next_try_at = None
    page = home(client_for, cast.olga)
    assert lines(page)["Post"] == ["1 Mail ist nicht angekommen"]
    assert link(page, "1 Mail") == "/postausgang"
    assert "Post" not in lines(home(client_for, cast.tarek))
    with writing():
        outbox.settle(db.session.scalars(select(Letter)).one())
    assert "Post" not in lines(home(client_for, cast.olga))


# Whose, when, and how much it asks


def test_where_nothing_is_open_it_says_so(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        mark_everyone(cast, 0)
        add_day(cast.nord, DAY + timedelta(days=14))
    page = home(client_for, cast.tarek)
    assert words(page.select_one(".note")) == "Alles erledigt: Gerade ist nichts offen."
    coming = page.select("section[aria-labelledby=danach] .duty")
    assert [words(line) for line in coming] == ["Freitag, 17. Juli 2026 Kohorte Nord, Tag 17"]


def test_trainers_see_theirs_organisers_all(cast: Cast, client_for: ClientFor) -> None:
    assert list(lines(home(client_for, cast.theo))) == ["Kohorte Süd"]
    assert list(lines(home(client_for, cast.tarek))) == ["Kohorte Nord"]
    for person in (cast.olga, cast.adam):
        assert list(lines(home(client_for, person))) == ["Kohorte Nord", "Kohorte Süd"]


def test_what_waits_longest_stands_first(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        add_day(cast.sued, DAY - timedelta(days=3))
    assert list(lines(home(client_for, cast.olga))) == ["Kohorte Süd", "Kohorte Nord"]


def test_who_may(cast: Cast, client_for: ClientFor) -> None:
    status = {person.name: client_for(person).get("/heute").status_code for person in (cast.tarek, cast.olga)}
    assert set(status.values()) == {200}
    assert client_for(cast.anna).get("/heute").status_code == 404
    assert client_for(None).get("/heute").status_code == 401


def test_a_cohort_that_was_cancelled_never_appears(
    cast: Cast, client_for: ClientFor, writing: Inside
) -> None:
    with writing():
        for row in db.session.scalars(select(Cohort)):
            row.cancelled_at = clock.now()
    for person in (cast.olga, cast.tarek):
        page = home(client_for, person)
        assert "Kohorte Nord" not in words(page) and "Kohorte Süd" not in words(page)
        assert page.select_one(".empty")


def test_a_slot_that_was_dropped_is_not_missing(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    with writing():
        db.session.get_one(ScheduledSlot, cast.slots[0]).cancelled_at = clock.now()
    assert to_do(client_for, cast.tarek) == []


def test_after_four_months_a_cohort_is_not_listed_any_more(cast: Cast, client_for: ClientFor) -> None:
    with clock.standing_at(NOW + timedelta(days=120)):
        assert "Kohorte Nord" in lines(home(client_for, cast.olga))
    with clock.standing_at(NOW + timedelta(days=121)):
        assert lines(home(client_for, cast.olga)) == {}


def test_the_number_of_statements_stays(
    cast: Cast, client_for: ClientFor, writing: Inside, statements: Any
) -> None:
    def asked(person: Person) -> int:
        client = client_for(person)
        client.get("/heute")
        with statements() as seen:
            client.get("/heute")
        return len(seen)

    few = {person.name: asked(person) for person in (cast.olga, cast.tarek)}
    with writing():
        fill(cast)
    many = {person.name: asked(person) for person in (cast.olga, cast.tarek)}
    assert many == few
    assert max(many.values()) <= 12


def fill(cast: Cast) -> None:
    """Ten cohorts more, with people, something of each kind."""
    edition = db.session.get_one(service.Edition, cast.edition)
    tarek = db.session.get_one(User, cast.tarek.user_id)
    for number in range(10):
        made, slots = cohort(f"Kohorte {number}", f"XXX{number:05}", edition, tarek)
        for name in ("Gerd Hahn", "Ida Jung", "Karl Lenz"):
            person = enrol(made, name)
            service.mark(
                slots[0], db.session.get_one(Enrolment, person.enrolment_id), Attendance.PRESENT, 0, tarek
            )
        db.session.add(Waiting(cohort_id=made.id, name="Wer wartet", asked_at=clock.now()))
        db.session.add(Claim(slot_id=slots[0].id, name="Wer tippt", scanned_at=clock.now()))
    conflict(cast)
    object_to(cast, 0)
    assert db.session.scalar(select(func.count(Cohort.id))) == 12


def test_every_line_leads_to_a_place_that_opens(cast: Cast, client_for: ClientFor, writing: Inside) -> None:
    """For whoever sees it."""
    with writing():
        fill(cast)
        add_day(cast.nord, DAY - timedelta(days=1))
        add_day(cast.nord, DAY - timedelta(days=2))
        georg = enrol(cast.nord, "Gast Georg").enrolment_id
        db.session.get_one(Enrolment, georg).walk_in = True
        db.session.execute(cohort_trainer.delete().where(cohort_trainer.c.cohort_id == cast.sued))
        letters.write("anna@example.org", "Ihr Link", "x")
        db.session.execute(update(Letter).values(next_try_at=None))
        db.session.execute(update(Enrolment).where(Enrolment.cohort_id == cast.sued).values(left_at=NOW))
    for person, least in ((cast.olga, 20), (cast.tarek, 15)):
        client, page = client_for(person), home(client_for, person)
        places = {place["href"] for place in page.select("main a")}
        assert len(places) >= least
        opened = {place: client.get(place, follow_redirects=True).status_code for place in places}
        assert set(opened.values()) == {200}, opened


def test_looking_writes_nothing(cast: Cast, client_for: ClientFor, statements: Any) -> None:
    with statements() as seen:
        client_for(cast.olga).get("/heute")
    assert all(statement.startswith("SELECT") for statement in seen), seen


def test_it_is_the_first_place_of_the_desk(cast: Cast, client_for: ClientFor) -> None:
    for person, post in ((cast.tarek, False), (cast.olga, True)):
        found = client_for(person).soup("/kohorten").select("nav.places a")
        assert (words(found[0]), found[0]["href"]) == ("Heute", "/heute")
        assert ("/postausgang" in [place["href"] for place in found]) is post
