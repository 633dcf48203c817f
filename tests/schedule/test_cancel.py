"""/kohorten/<id>/absagen: calling a cohort off, taking that back, deleting one that nothing hangs on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from app import clock
from app.accounts.models import User
from app.admission.models import Waiting
from app.certificates.models import Certificate
from app.cohorts import log, service
from app.cohorts.models import Attendance, Cohort, CourseDay, Enrolment, ScheduledSlot
from app.editions.models import Edition
from app.extensions import db
from tests.schedule.feeding import cohort_feed, parsed
from tests.support import cast as making
from tests.support.cast import Cast
from tests.support.doors import DESK, knock

REASON = "Die Trainerin ist erkrankt."


def url(cast: Cast, deed: str = "") -> str:
    return f"/kohorten/{cast.nord}/absagen{deed}"


def cancel(client: Any, cast: Cast) -> Any:
    return client.post_form(url(cast), {"reason": REASON})


def text_of(page: Any) -> str:
    return " ".join(page.main.get_text(" ").split())


@pytest.fixture
def empty(cast: Cast, writing: Any) -> int:
    """A cohort that nobody takes part in."""
    with writing():
        edition = db.session.get_one(Edition, cast.edition)
        made, _ = making.cohort("Kohorte Versehen", "VSH23456", edition)
        return made.id


def test_the_page_says_what_follows(cast: Cast, client_for: Any) -> None:
    said = text_of(client_for(cast.olga).soup(url(cast)))
    assert "2 Personen sind angemeldet" in said
    assert "Niemand kann mehr beitreten" in said
    assert "Löschen lässt sich diese Kohorte nicht: Es haben sich schon Menschen angemeldet." in said


def test_cancelling(cast: Cast, client_for: Any, reading: Any, writing: Any) -> None:
    feed = cohort_feed(writing, cast)
    assert cancel(client_for(cast.olga), cast).status_code == 303
    with reading():
        assert db.session.get_one(Cohort, cast.nord).cancelled_at == clock.now()
        [(event, _)] = log.of_cohort(cast.nord)
        assert (event.deed, event.detail, event.author) == ("cancelled", REASON, "Olga Sommer")
    assert {str(event["STATUS"]) for event in parsed(client_for(None), feed).walk("VEVENT")} == {"CANCELLED"}
    overview = client_for(cast.tarek).soup(f"/kohorten/{cast.nord}")
    assert f"Diese Kohorte ist abgesagt. {REASON}" in text_of(overview)
    assert overview.select_one(".qr") is None


def test_without_a_reason_nothing_happens(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"reason": "  "})
    assert answer.status_code == 422
    assert "Bitte geben Sie einen Grund an." in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Cohort, cast.nord).cancelled_at is None


def test_what_was_typed_stays(cast: Cast, client_for: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"reason": "krank " * 100})
    assert answer.status_code == 422
    assert "krank krank" in answer.get_data(as_text=True)


def test_twice_is_once(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    cancel(client, cast)
    cancel(client, cast)
    with reading():
        assert [event.deed for event, _ in log.of_cohort(cast.nord)] == ["cancelled"]
        assert {slot.sequence for slot in service.slots(cast.nord)} == {1}


def test_participants_read_it_on_top_of_the_plan(cast: Cast, client_for: Any) -> None:
    cancel(client_for(cast.olga), cast)
    page = client_for(cast.anna).soup(f"/kurs/{cast.nord}/plan")
    assert f"Diese Kohorte findet nicht statt. {REASON}" in text_of(page)
    assert not page.select(".is-now")
    assert len(page.select(".slot.is-dropped")) == 5


def test_what_is_over_is_not_called_off(cast: Cast, client_for: Any, reading: Any) -> None:
    olga = client_for(cast.olga)
    with clock.standing_at(datetime(2026, 7, 3, 12, 45, tzinfo=UTC)):
        page = olga.soup(url(cast))
        assert "Der letzte Kurstag ist vorbei." in text_of(page)
        assert not page.select("input[name=reason]") and "Absagen geht" not in text_of(page)
        assert cancel(olga, cast).status_code == 409
    with reading():
        assert db.session.get_one(Cohort, cast.nord).cancelled_at is None
        assert log.of_cohort(cast.nord) == []
    with clock.standing_at(datetime(2026, 7, 3, 12, 44, tzinfo=UTC)):
        assert cancel(olga, cast).status_code == 303


def test_who_has_certificates_is_not_called_off(
    cast: Cast, client_for: Any, reading: Any, writing: Any
) -> None:
    with writing():
        db.session.add(
            Certificate(
                enrolment_id=cast.anna.enrolment_id, cohort_id=cast.nord, kind="participation", number="2026-0001",
                code="X", facts="{}", pdf=b"", pdf_sha256="", conforms=True, issued_at=clock.now(), issued_by="Olga",
            )
        )  # fmt: skip
    answer = cancel(client_for(cast.olga), cast)
    assert answer.status_code == 409
    assert "schon Bescheinigungen ausgestellt. Deshalb lässt sie sich nicht mehr absagen" in (
        answer.get_data(as_text=True)
    )
    with reading():
        assert db.session.get_one(Cohort, cast.nord).cancelled_at is None


def test_nobody_can_join(cast: Cast, client_for: Any) -> None:
    cancel(client_for(cast.olga), cast)
    anybody = client_for(None)
    answer = anybody.get("/beitreten/NRD2-3456")
    assert answer.status_code == 410
    assert "Diese Kohorte findet nicht statt" in answer.get_data(as_text=True)
    assert anybody.post_form("/beitreten/NRD2-3456", {"name": "Neu Gierig"}).status_code == 410


def test_the_list_shows_it_apart(cast: Cast, client_for: Any) -> None:
    cancel(client_for(cast.olga), cast)
    page = client_for(cast.olga).soup("/kohorten")
    assert [heading.get_text() for heading in page.select("h2")] == ["Laufend und geplant", "Abgesagt"]
    last = page.select("section")[-1]
    assert [link.get_text() for link in last.select("tbody th a")] == ["Kohorte Nord"]


def test_taking_it_back(cast: Cast, client_for: Any, reading: Any, writing: Any) -> None:
    feed, client = cohort_feed(writing, cast), client_for(cast.olga)
    cancel(client, cast)
    assert REASON in text_of(client.soup(url(cast)))
    for _ in range(2):
        assert client.post_form(url(cast, "/zurueck")).status_code == 303
    with reading():
        assert db.session.get_one(Cohort, cast.nord).cancelled_at is None
        assert [event.deed for event, _ in log.of_cohort(cast.nord)] == ["reinstated", "cancelled"]
    assert {event["SEQUENCE"] for event in parsed(client_for(None), feed).walk("VEVENT")} == {2}
    assert client_for(None).get("/beitreten/NRD2-3456").status_code == 200


def test_an_empty_cohort_can_be_deleted(cast: Cast, client_for: Any, reading: Any, empty: int) -> None:
    answer = client_for(cast.olga).post_form(f"/kohorten/{empty}/absagen/loeschen", follow_redirects=True)
    assert "„Kohorte Versehen“ ist gelöscht" in answer.get_data(as_text=True)
    with reading():
        assert db.session.get(Cohort, empty) is None
        for table in (CourseDay, ScheduledSlot):
            query = select(func.count()).select_from(table).where(table.cohort_id == empty)
            assert db.session.scalar(query) == 0
    assert client_for(cast.olga).get(f"/kohorten/{empty}").status_code == 404


def holds(what: str, cohort_id: int, cast: Cast) -> None:
    """Something that hangs on the cohort."""
    if what == "waiting":
        db.session.add(Waiting(cohort_id=cohort_id, name="Wanda Warte", asked_at=clock.now()))
        return
    person = making.enrol(cohort_id, "Ehemalig Gewesen")
    enrolment = db.session.get_one(Enrolment, person.enrolment_id)
    if what == "mark":
        slot = service.slots(cohort_id)[0]
        service.mark(slot, enrolment, Attendance.PRESENT, 0, db.session.get_one(User, cast.olga.user_id))
    enrolment.left_at = clock.now()


@pytest.mark.parametrize(
    ("what", "because"),
    [("left", "schon Menschen angemeldet"), ("mark", "schon Anwesenheit erfasst"), ("waiting", "Warteliste")],
)
def test_what_somebody_hangs_on_stays(
    cast: Cast, client_for: Any, writing: Any, reading: Any, empty: int, what: str, because: str
) -> None:
    with writing():
        holds(what, empty, cast)
    answer = client_for(cast.olga).post_form(f"/kohorten/{empty}/absagen/loeschen", follow_redirects=True)
    said = answer.get_data(as_text=True)
    assert "Die Kohorte ist nicht gelöscht." in said
    assert because in said
    with reading():
        assert db.session.get(Cohort, empty) is not None


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast)) == DESK
    for deed in ("", "/zurueck", "/loeschen"):
        assert knock(client_for, cast, url(cast, deed), post=True) == DESK


def test_an_unknown_cohort(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.olga).get("/kohorten/99/absagen").status_code == 404
