"""A name is mended until a certificate bears it."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import User
from app.cohorts import service
from app.cohorts.models import Cohort, Enrolment
from app.extensions import db
from tests.support.cast import Cast
from tests.support.doors import DESK, knock


def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/teilnehmende/{cast.anna.enrolment_id}"


def test_works(cast: Cast, client_for: Any, reading: Any) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"name": "  Anna   Kolb-Yıldız "})
    assert answer.status_code == 303
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb-Yıldız"
        assert db.session.get_one(User, cast.anna.user_id).name == "Anna Kolb-Yıldız"


def test_a_name_on_a_certificate_stays(cast: Cast, client_for: Any, writing: Any, reading: Any) -> None:
    with writing():
        service.fix_name(db.session.get_one(Enrolment, cast.anna.enrolment_id))
    client = client_for(cast.olga)
    assert not client.soup(url(cast)).select("#name")
    answer = client.post_form(url(cast), {"name": "Jemand Anderes"}, follow_redirects=True)
    assert "Bitte ersetzen Sie die Bescheinigung" in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb"


def test_staff_who_take_part_keep_their_own_name(cast: Cast, writing: Any, reading: Any) -> None:
    with writing():
        joined = service.join(db.session.get_one(Cohort, cast.nord), "Theo Brandt", None, cast.theo.user_id)
        service.rename(joined.enrolment, "Dr. Theo Brandt", db.session.get_one(User, cast.olga.user_id))
    with reading():
        assert db.session.get_one(User, cast.theo.user_id).name == "Theo Brandt"


@pytest.mark.parametrize("name", ["", "A", "x" * 300, "Anna\u202eKolb", "Anna\x07", "123"])
def test_bad_names_keep_what_was_typed(cast: Cast, client_for: Any, reading: Any, name: str) -> None:
    answer = client_for(cast.olga).post_form(url(cast), {"name": name})
    assert answer.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in answer.get_data(as_text=True)
    if name.isprintable():
        assert f'value="{name}"' in answer.get_data(as_text=True)
    with reading():
        assert db.session.get_one(Enrolment, cast.anna.enrolment_id).name == "Anna Kolb"


def test_who_may(cast: Cast, client_for: Any) -> None:
    assert knock(client_for, cast, url(cast), post=True) == DESK
