"""Personal cards: whom they are for, what they say, that they pass PDF/UA-1, and what printing does to old links."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from app import clock
from app.accounts import service as accounts
from app.accounts.models import User
from app.admission import cards
from app.cohorts import places, service
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.places import Newcomer
from app.extensions import db
from app.web import qr
from tests.admission.making import deeds
from tests.certificates.making import text_of
from tests.support.cast import NOW, Cast
from tests.support.databases import count
from tests.support.doors import DESK, knock


def url(cast: Cast, ending: str = ".pdf") -> str:
    return f"/kohorten/{cast.nord}/karten{ending}"


def add(cast: Cast, *names: str) -> list[int]:
    by = db.session.get_one(User, cast.olga.user_id)
    return [places.enrol(cast.nord, Newcomer(name=name), by).id for name in names]


def printed(client: Any, cast: Cast, *people: int, key: str = "k") -> bytes:
    answer = client.post_form(url(cast), {"person": list(people), "form_key": key})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    return bytes(answer.data)


def code_in(data: bytes) -> str:
    """What of the address on the first card belongs to the person."""
    found = re.search(r"mein/\W*((?:\w{4}-){4}\w{4})", text_of(data))
    assert found
    return found[1]


def test_who_has_been_inside_is_not_chosen(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        [mara] = add(cast, "Mara Krüger")
        accounts.note_entry(cast.anna.user_id)
    found = client_for(cast.olga).soup(url(cast, "")).select("input[name=person]")
    chosen = {int(each["value"]): each.has_attr("checked") for each in found}
    assert chosen[mara]
    assert not chosen[cast.anna.enrolment_id]


def test_guests_are_labelled_and_not_chosen(cast: Cast, client_for: Any, writing: Any) -> None:
    """They stand in the register only; a card would let them into the course."""
    with writing():
        db.session.get_one(Enrolment, cast.bela.enrolment_id).walk_in = True
    client = client_for(cast.olga)
    form = client.soup(url(cast, "")).select_one("form.stack")
    choices = [
        (" ".join(each.label.get_text(" ").split()), each.input.has_attr("checked"))
        for each in form.select(".choice")
    ]
    assert choices == [
        ("Anna Kolb ohne E-Mail-Adresse", True),
        ("Bela Öztürk Gast ohne E-Mail-Adresse", False),
    ]
    alone = client.soup(f"{url(cast, '')}?person={cast.bela.enrolment_id}").select("input[checked]")
    assert [each["value"] for each in alone] == [str(cast.bela.enrolment_id)]


def test_staff_need_no_card(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        service.join(db.session.get_one(Cohort, cast.nord), "Theo Brandt", None, cast.theo.user_id)
    assert "Theo" not in client_for(cast.olga).soup(url(cast, "")).select_one("form.stack").get_text()


def test_a_card_says_what_one_needs_and_lets_in(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        [mara] = add(cast, "Mara Krüger")
    data = printed(client_for(cast.olga), cast, mara)
    said = text_of(data)
    for words in ("Mara Krüger", "Kohorte Nord", "3. Juli 2026, Beginn 09:00 Uhr", "Bitte nicht weitergeben"):
        assert words in said
    code = code_in(data)
    for typed in (code, code.lower(), code.replace("-", "")):
        assert client_for(None).get(f"/mein/{typed}").status_code == 200
    assert client_for(None).post_form(f"/mein/{code.lower()}").status_code == 303
    with reading():
        assert deeds(cast.nord) == ["added", "card"]


def test_printed_at_any_moment_of_a_second(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(NOW.replace(microsecond=123_456)):
        assert printed(client_for(cast.olga), cast, cast.anna.enrolment_id).startswith(b"%PDF-")


def test_old_links_stop_and_those_of_others_do_not(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        old = accounts.new_personal_link(cast.anna.user_id)
        bela = accounts.new_personal_link(cast.bela.user_id)
    printed(client_for(cast.olga), cast, cast.anna.enrolment_id)
    with reading():
        assert accounts.person_by_link(old) is None
        assert accounts.person_by_link(bela)


def test_the_same_form_twice_makes_the_same_cards(cast: Cast, client_for: Any, reading: Any) -> None:
    client = client_for(cast.olga)
    first, second = (printed(client, cast, cast.anna.enrolment_id) for _ in range(2))
    assert code_in(first) == code_in(second)
    assert code_in(printed(client, cast, cast.anna.enrolment_id, key="other")) != code_in(first)
    assert code_in(printed(client, cast, cast.anna.enrolment_id)) == code_in(first)
    with reading():
        person = accounts.person_by_link(code_in(first))
        assert person
        assert person.id == cast.anna.user_id
        assert deeds(cast.nord).count("card") == 3


def test_nobody_chosen_changes_nothing(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"form_key": "k"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens eine Person aus." in answer.get_data(as_text=True)
    with reading():
        assert count("personal_link") == 0


def test_people_of_another_cohort_get_none(cast: Cast, client_for: Any, reading: Any) -> None:
    data = {"person": [cast.frida.enrolment_id], "form_key": "k"}
    assert client_for(cast.olga).post_form(url(cast), data).status_code == 303
    with reading():
        assert count("personal_link") == 0


def test_opening_the_address_asks_first(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).get(url(cast))
    assert answer.headers["Location"] == url(cast, "")
    with reading():
        assert count("personal_link") == 0


NAMES = [
    "Mara Krüger", "Đặng Thị Nguyễn-Łukaszewicz", "Олександра Ковальчук", "Jo #set text(red) *fett* <b>", "A B",
    "Maximiliane Friederike Alexandra von und zu Hohenstein-Wittelsbach-Sonnenschein geborene Freifrau Müller-Öz",
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "D’Arcy O'Neill", "Neunte Person",
]  # fmt: skip


@pytest.fixture
def sheets(cast: Cast, client_for: Any, writing: Any) -> bytes:
    with writing():
        people = add(cast, *NAMES)
    return printed(client_for(cast.olga), cast, *people)


def test_nine_cards_are_two_accessible_sheets(sheets: bytes) -> None:
    report = page.validate_pdf_bytes(sheets, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(sheets)) as document:
        assert len(document.pages) == 2
        assert str(document.Root.Lang) == "de-DE"
        assert bool(document.Root.MarkInfo.Marked)
    said = text_of(sheets).replace("\u200b", "").replace(" ", "")
    for name in NAMES:
        assert name.replace(" ", "") in said


def test_each_qr_leads_to_its_own_person(sheets: bytes, reading: Any, tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg is not installed; what the codes are drawn from is tested with `qr.svg`")
    document = pypdfium2.PdfDocument(sheets)
    found: set[str] = set()
    for number, scale in itertools.product(
        range(len(document)), (3, 4, 5)
    ):  # zbar overlooks one now and then
        picture = tmp_path / f"{number}-{scale}.png"
        document[number].render(scale=scale).to_pil().save(picture)
        done = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, check=True, text=True)
        found |= set(done.stdout.split())
    document.close()
    assert len(found) == len(NAMES)
    with reading():
        people = [accounts.person_by_link(address.rsplit("/", 1)[1]) for address in found]
        assert {person.name for person in people if person} == set(NAMES)


def test_the_qr_is_drawn_from_the_address(app: Any, cast: Cast, writing: Any) -> None:
    with app.test_request_context(), writing():
        by = db.session.get_one(User, cast.olga.user_id)
        [card] = cards.make(cast.nord, [cast.anna.enrolment_id], "k", by)
        assert card.qr == qr.svg(card.address)
        assert card.address == card.site + card.code
        assert len(card.code) == 24


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast, "")) == DESK
    assert knock(client_for, cast, url(cast), post=True) == DESK
