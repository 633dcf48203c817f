"""/kohorten: organisers see all cohorts, trainers their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.cohorts.models import cohort_trainer
from app.extensions import db
from tests.support.cast import NOW, Cast
from tests.support.doors import STAFF


def titles(client: Any) -> list[str]:
    return [link.get_text() for link in client.soup("/kohorten").select("tbody th a")]


def test_organisers_see_all(cast: Cast, client_for: Any) -> None:
    assert sorted(titles(client_for(cast.olga))) == ["Kohorte Nord", "Kohorte Süd"]


def test_trainers_see_their_own(cast: Cast, client_for: Any) -> None:
    assert titles(client_for(cast.tarek)) == ["Kohorte Nord"]


def test_how_many_people(cast: Cast, client_for: Any) -> None:
    row = client_for(cast.tarek).soup("/kohorten").select_one("tbody tr")
    assert row.select_one("td.num").get_text(strip=True) == "2"


def test_what_is_over_stands_below(cast: Cast, client_for: Any) -> None:
    with clock.standing_at(NOW + timedelta(days=3)):
        page = client_for(cast.olga).soup("/kohorten")
    assert [heading.get_text() for heading in page.select("h2")] == ["Abgeschlossen"]


def test_without_cohorts_it_says_what_to_do(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        db.session.execute(cohort_trainer.delete())
    page = client_for(cast.tarek).soup("/kohorten")
    assert "noch keine Kohorte zugeordnet" in page.get_text()


@pytest.mark.parametrize("name", list(STAFF))
def test_who_may(cast: Cast, client_for: Any, name: str) -> None:
    expected = {"nobody": 401, "frida": 404, "anna": 404}.get(name, 200)
    assert (
        client_for(None if name == "nobody" else getattr(cast, name)).get("/kohorten").status_code == expected
    )
