"""answers.js and group.js on two phones of one small group, in a real Chromium against the application."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from app.cohorts.models import Cohort
from app.extensions import db
from app.groups import service, sheets
from tests.groups.conftest import Room
from tests.journeys.server import serving
from tests.support.cast import publish
from tests.support.course import small_course

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
pytestmark = pytest.mark.browser

STATION, BLOCK = "feld/felder", "tab"
PAGE = """\
---
titel: Felder
minuten: 12
---
::: arbeitsblatt {#tab form=tabelle zeilen=2 gruppenarbeit=ja}
- Wer?
- Was?
:::
"""


@pytest.fixture
def group(room: Room) -> int:
    """Anna and Bela are a group that writes into a table."""
    people = [room.cast.anna.enrolment_id, room.cast.bela.enrolment_id]

    def begin() -> None:
        edition = publish(small_course() | {"feld/felder.md": PAGE.encode()})
        values = {"edition_id": edition.id, "edition_digest": edition.digest}
        db.session.execute(update(Cohort).where(Cohort.id == room.cast.nord).values(values))
        service.draw(room.cast.nord, STATION, None, people, 1)

    room.do(begin)
    return room.groups()[0].id


@pytest.fixture
def phone_of(app, room, group, client_for, chromium) -> Iterator:
    """`phone_of(person)`: the page with the table on a phone of their own."""
    contexts, problems = [], []
    with serving(app) as address:

        def make(person):
            client = client_for(person)
            path = f"/kurs/{room.cast.nord}/seite/{STATION}"
            assert client.get(path).status_code == 200
            context = chromium.new_context()
            contexts.append(context)
            (cookie,) = client._cookies.values()
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
            page = context.new_page()
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.goto(f"{address}{path}#{BLOCK}")
            page.wait_for_timeout(300)
            return page

        yield make
        for context in contexts:
            context.close()
        assert not problems


def cell(page, row: int, column: int = 0):
    return page.locator(f"#{BLOCK} tbody tr").nth(row - 1).locator("textarea, input[type=text]").nth(column)


def hear(page) -> None:
    """As if five seconds had passed."""
    with page.expect_response(lambda response: "?version=" in response.url):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(100)


def write(page, row: int, words: str, column: int = 0) -> None:
    with page.expect_response(lambda response: response.request.method == "POST"):
        cell(page, row, column).fill(words)
    expect(page.locator(f"#{BLOCK} output[data-saved]")).to_contain_text("gespeichert")


def rows_of(room: Room, group: int) -> dict[tuple[int, str], str]:
    with room.app.app_context():
        body = sheets.sheets_of([group])[group, BLOCK].body
        db.session.remove()
    return {(entry.get("row", 1), entry["q"]): entry["a"] for run in body["runs"] for entry in run["entries"]}


def test_what_others_wrote_into_new_rows_is_not_deleted(phone_of, room, group) -> None:
    anna, bela = phone_of(room.cast.anna), phone_of(room.cast.bela)
    write(anna, 1, "eins")
    write(anna, 2, "zwei")
    anna.reload()
    write(anna, 3, "drei")  # a row that Bela's page does not have
    hear(bela)
    write(bela, 1, "Bela war da", column=1)
    hear(bela)
    write(bela, 2, "und hier", column=1)
    assert rows_of(room, group) == {
        (1, "Wer?"): "eins", (1, "Was?"): "Bela war da",
        (2, "Wer?"): "zwei", (2, "Was?"): "und hier", (3, "Wer?"): "drei",
    }  # fmt: skip
    hear(bela)
    state = bela.locator(f"#{BLOCK} output[data-saved]")
    expect(state).to_contain_text("Ihre Gruppe hat weitere Zeilen ausgefüllt.")
    state.get_by_role("button", name="Seite neu laden").click()
    expect(cell(bela, 3)).to_have_value("drei")


def test_text_typed_for_a_former_group_is_offered(phone_of, room, group) -> None:
    anna = phone_of(room.cast.anna)
    anna.route("**/gruppe/**", lambda route: route.abort())  # it never arrives
    cell(anna, 1).fill("Das war noch nicht übertragen")
    expect(anna.locator(f"#{BLOCK} output[data-saved]")).to_contain_text("noch nicht übertragen")
    people = [room.cast.anna.enrolment_id, room.cast.bela.enrolment_id]
    room.do(lambda: service.draw(room.cast.nord, STATION, None, people, 1))
    anna.unroute("**/gruppe/**")
    anna.reload()
    note = anna.locator(f"#{BLOCK} .note")
    expect(note).to_contain_text("Text aus Ihrer früheren Gruppe, auf diesem Gerät.")
    expect(note.locator(".own")).to_have_text("Das war noch nicht übertragen")
    assert cell(anna, 1).input_value() == ""
    note.get_by_role("button", name="Kopieren").click()
    expect(note.get_by_role("status")).to_contain_text(re.compile("Kopiert|markiert"))
    note.get_by_role("button", name="Verwerfen").click()
    expect(note).to_have_count(0)
    anna.reload()
    anna.wait_for_timeout(300)
    expect(note).to_have_count(0)


def test_an_answer_that_was_overtaken_puts_no_older_text_back(phone_of, room, group) -> None:
    anna = phone_of(room.cast.anna)
    write(anna, 1, "alt")
    write(anna, 1, "neu")
    anna.evaluate(
        """name => document.querySelector("form[data-answer]").dispatchEvent(
             new CustomEvent("feldweg:sheet", { detail: { version: 1, fields: { [name]: ["alt"] } } }))""",
        cell(anna, 1).get_attribute("name"),
    )
    assert cell(anna, 1).input_value() == "neu"
