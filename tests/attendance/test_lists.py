"""Lists of attendance: the same numbers on page, in CSV and XLSX, whoever left, moved or was merged."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import User
from app.attendance.by_list import walk_ins
from app.cohorts import people, register, service
from app.cohorts.models import Attendance, CourseDay, Enrolment, ScheduledSlot, Way
from app.extensions import db
from tests.support.cast import NOW, Cast, enrol
from tests.support.doors import DESK, knock

EVENING = NOW + timedelta(hours=9)
KREIS, STADT = "Kreis Musterland", "Stadt Musterstadt"


@pytest.fixture(autouse=True)
def _evening(_friday_morning: None) -> Any:
    with clock.standing_at(EVENING):
        yield


@pytest.fixture
def url(cast: Cast) -> str:
    return f"/kohorten/{cast.nord}/listen"


def enter(slot_id: int, enrolment_id: int, state: str, minutes: int = 0, **more: Any) -> None:
    slot = db.session.get_one(ScheduledSlot, slot_id)
    register.enter(
        slot, enrolment_id, register.Entry(state=Attendance(state), minutes=minutes, **more), "Test"
    )


def worked_example(cast: Cast) -> None:
    """Friday: three slots of 90 minutes (Ankommen; Das Feld and Fallwerkstatt belong to one module).

    Anna (Kreis): 90, 90, 60. Bela (Stadt): 67, absent, excused.
    """
    anna, bela = cast.anna.enrolment_id, cast.bela.enrolment_id
    db.session.get_one(Enrolment, anna).funder, db.session.get_one(Enrolment, bela).funder = KREIS, STADT
    for slot, of_anna, of_bela in (
        (0, ("present", 0), ("partial", 67)),
        (2, ("present", 0), ("absent", 0)),
        (4, ("partial", 60), ("excused", 0)),
    ):
        enter(cast.slots[slot], anna, *of_anna)
        enter(cast.slots[slot], bela, *of_bela)


def on_page(client: Any, address: str) -> list[list[str]]:
    """Head, rows and foot as they are read."""
    found = client.soup(address).select("table.sums tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in found]


def parts(cell: str) -> list[str]:
    """Minutes and units of a cell on the page, as CSV has them."""
    amount = re.fullmatch(r"(\S+) UE (\d+) Min\.", cell)
    return [amount[2], amount[1]] if amount else cell.split(", ") if cell else []


def in_csv(client: Any, address: str) -> list[list[str]]:
    """Up to the empty line."""
    answer = client.get(address.replace("/listen", "/listen.csv"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    return rows[: rows.index([])]


def in_xlsx(client: Any, address: str) -> list[list[str]]:
    """As the CSV would have it: text and numbers, row by row."""
    answer = client.get(address.replace("/listen", "/listen.xlsx"))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        shared = re.findall(r"<t[^>]*>(.*?)</t>", book.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rows = []
    for row in re.findall(r"<row[^>]*>(.*?)</row>", sheet, re.DOTALL):
        cells = re.findall(r'<c r="[A-Z]+\d+"([^>]*?)(?:/>|><v>([^<]*)</v></c>)', row)
        rows.append(
            [shared[int(value)] if 't="s"' in kind else value.replace(".", ",") for kind, value in cells]
        )
    return rows


def test_people_and_days(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        worked_example(cast)
    assert on_page(client_for(cast.olga), url) == [
        ["Nachname, Vorname", "Kostenträger", "Summe", "nicht erfasst", "03.07.2026"],
        ["Kolb, Anna", KREIS, "5,33 UE 240 Min.", "0", "5,33 UE 240 Min."],
        ["Öztürk, Bela", STADT, "1,49 UE 67 Min.", "0", "1,49 UE 67 Min."],
        ["Summe", "", "6,82 UE 307 Min.", "0", "6,82 UE 307 Min."],
    ]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        # Anna 240 → 5,33 → 5, Bela 67 → 1,49 → 1
        ("?rundung=veranstaltung", [["Kolb", "240", "5", "240", "5"], ["Öztürk", "67", "1", "67", "1"]]),
        # Anna: Ankommen 90 → 2, Das Feld 150 → 3,33 → 3; Bela: Ankommen 67 → 1
        (
            "?rundung=thema",
            [["Kolb", "90", "2", "150", "3", "240", "5"], ["Öztürk", "67", "1", "0", "0", "67", "1"]],
        ),
        # Only the sums of the funders are rounded.
        (
            "?rundung=traeger",
            [["Kolb", "240", "5,33", "240", "5,33"], ["Öztürk", "67", "1,49", "67", "1,49"]],
        ),
    ],
)
def test_rounded(
    cast: Cast, client_for: Any, writing: Any, url: str, query: str, rows: list[list[str]]
) -> None:
    with writing():
        worked_example(cast)
    found = in_csv(client_for(cast.olga), url + query)
    assert [[row[0], *row[6:], *row[3:5]] for row in found[1:3]] == rows


def test_subjects_stand_in_place_of_days(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        worked_example(cast)
    assert in_csv(client_for(cast.olga), f"{url}?was=tage&rundung=thema") == [
        ["Thema", "geplant Minuten", "geplant UE", "Personen", "Summe Minuten", "Summe UE", "nicht erfasst"],
        ["Ankommen", "90", "2", "2", "157", "3", "0"],
        ["Vom Fall zum Feld", "180", "4", "1", "150", "3", "0"],
        ["Summe", "", "", "", "307", "6", "0"],
    ]


def test_days(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        worked_example(cast)
    assert in_csv(client_for(cast.olga), f"{url}?was=tage") == [
        [
            "Datum",
            "Kurstag",
            "geplant Minuten",
            "geplant UE",
            "Personen",
            "Summe Minuten",
            "Summe UE",
            "nicht erfasst",
        ],
        ["03.07.2026", "Tag", "270", "6", "2", "307", "6,82", "0"],
        ["Summe", "", "", "", "", "307", "6,82", "0"],
    ]


def test_funders(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        worked_example(cast)
        enrol(cast.nord, "Ohne Träger")
    assert in_csv(client_for(cast.olga), f"{url}?was=kostentraeger&rundung=traeger") == [
        ["Kostenträger", "Personen", "Summe Minuten", "Summe UE", "nicht erfasst"],
        [KREIS, "1", "240", "5", "0"],
        [STADT, "1", "67", "1", "0"],
        ["ohne Angabe", "1", "0", "0", "3"],
        ["Summe", "3", "307", "6", "3"],
    ]


def test_sums_of_funders_stand_below_where_only_they_are_rounded(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        worked_example(cast)
    for what in ("personen", "tage"):
        table = in_csv(client_for(cast.olga), f"{url}?was={what}&rundung=traeger")
        at = table[0].index("Summe Minuten")
        assert [(row[0], *row[at : at + 2]) for row in table[-3:]] == [
            (f"Summe {KREIS}", "240", "5"), (f"Summe {STADT}", "67", "1"), ("Summe", "307", "6"),
        ]  # fmt: skip


def test_the_page_says_the_rule(cast: Cast, client_for: Any, url: str) -> None:
    client = client_for(cast.olga)
    for query, words in (
        ("", "Gerechnet wird auf die Minute genau"),
        (
            "?rundung=veranstaltung&halbe=ab",
            "Je Person und Kurstag wird auf ganze UE gerundet, eine genau halbe UE ab;",
        ),
        ("?rundung=thema", "Je Person und Thema wird auf ganze UE gerundet, eine genau halbe UE auf;"),
        (
            "?rundung=traeger",
            "Nur die Summe je Kostenträger wird auf ganze UE gerundet, eine genau halbe UE auf;",
        ),
    ):
        text = client.soup(url + query).get_text()
        assert words in text
        assert "Eine UE sind 45 Minuten Inhalt ohne Pausen." in text


@pytest.mark.parametrize("what", ["personen", "tage", "kostentraeger"])
@pytest.mark.parametrize("rounding", ["minuten", "veranstaltung", "thema", "traeger"])
def test_page_csv_and_xlsx_say_the_same(
    cast: Cast, client_for: Any, writing: Any, url: str, what: str, rounding: str
) -> None:
    with writing():
        worked_example(cast)
        enrol(cast.nord, "Dr. Eva von der Au")
    client, address = client_for(cast.olga), f"{url}?was={what}&rundung={rounding}"
    table = in_csv(client, address)
    assert [[cell for cell in row if cell] for row in in_xlsx(client, address)] == [
        [cell for cell in row if cell] for row in table
    ]
    page = [[part for cell in row for part in parts(cell)] for row in on_page(client, address)[1:]]
    assert page == [[cell for cell in row if cell] for row in table[1:]]


@pytest.mark.parametrize("rounding", ["minuten", "veranstaltung", "thema", "traeger"])
def test_the_sum_of_all_is_the_same_in_each_list(
    cast: Cast, client_for: Any, writing: Any, url: str, rounding: str
) -> None:
    with writing():
        worked_example(cast)
    client, sums = client_for(cast.olga), set()
    for what in ("personen", "tage", "kostentraeger"):
        table = in_csv(client, f"{url}?was={what}&rundung={rounding}")
        at = table[0].index("Summe Minuten")
        sums.add(tuple(table[-1][at : at + 2]))
    assert len(sums) == 1


# What counts


def test_what_is_not_recorded_is_named(cast: Cast, client_for: Any, writing: Any, url: str) -> None:
    with writing():
        enter(cast.slots[0], cast.anna.enrolment_id, "present")
        enter(cast.slots[0], cast.bela.enrolment_id, "absent")
        enter(cast.slots[2], cast.bela.enrolment_id, "present")
        enter(cast.slots[2], cast.bela.enrolment_id, "not_recorded")
    page = client_for(cast.olga).soup(url)
    assert "2 Abschnitte sind nicht bei allen erfasst: Die Summen können noch steigen." in page.get_text()
    links = [" ".join(item.get_text().split()) for item in page.select("section.list details li")]
    assert links == [
        "Freitag, 3. Juli 2026, 10:45: Das Feld (2 Personen)",
        "Freitag, 3. Juli 2026, 13:15: Fallwerkstatt (2 Personen)",
    ]
    with clock.standing_at(NOW):
        text = client_for(cast.olga).soup(url).get_text()
        assert "Ein Abschnitt ist nicht bei allen erfasst" in text
        assert "Ein Abschnitt hat noch nicht begonnen." in text


def test_actual_minutes_count_and_dropped_slots_do_not(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        worked_example(cast)
        first, last = (db.session.get_one(ScheduledSlot, cast.slots[at]) for at in (0, 4))
        first.ends_at = first.starts_at + timedelta(
            minutes=50
        )  # ran shorter: Anna 50, and Bela's 67 are no more than 50
        last.cancelled_at = clock.now()
    rows = in_csv(client_for(cast.olga), url)
    assert [row[3] for row in rows[1:]] == ["140", "50", "190"]


def test_lost_marks_and_codes_before_the_begin_say_nothing(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        enter(cast.slots[0], cast.anna.enrolment_id, "absent")
        enter(cast.slots[0], cast.anna.enrolment_id, "present", counts=False)
        enter(cast.slots[4], cast.bela.enrolment_id, "present", way=Way.CODE)
    client = client_for(cast.olga)
    assert in_csv(client, url)[-1][3] == "90"
    with clock.standing_at(NOW):
        assert in_csv(client, url)[-1][3] == "0"


def test_who_left_stays_with_their_minutes_and_is_not_missing(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        enter(cast.slots[0], cast.bela.enrolment_id, "present")
        gone = enrol(cast.nord, "Nie Dagewesen")
        for who in (cast.bela, gone):
            db.session.get_one(Enrolment, who.enrolment_id).left_at = clock.now()
    rows = in_csv(client_for(cast.olga), url)
    assert [(row[0], row[3], row[5]) for row in rows[1:]] == [
        ("Kolb", "0", "3"), ("Öztürk", "90", "0"), ("Summe", "90", "3"),
    ]  # fmt: skip


def test_a_walk_in_who_was_somebody_known_appears_once(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        by = db.session.get_one(User, cast.tarek.user_id)
        guest = walk_ins.add(cast.nord, "A. Kolb", by, "key")
        enter(cast.slots[0], guest.id, "present")
        enter(cast.slots[2], guest.id, "partial", 30)
        enter(cast.slots[2], cast.anna.enrolment_id, "present")
        walk_ins.merge(cast.nord, guest.id, cast.anna.enrolment_id, by)
    rows = in_csv(client_for(cast.olga), url)
    assert [(row[0], row[3]) for row in rows[1:]] == [("Kolb", "180"), ("Öztürk", "0"), ("Summe", "180")]


def test_who_moved_on_keeps_their_minutes_in_the_cohort_of_the_slot(
    cast: Cast, client_for: Any, writing: Any, reading: Any
) -> None:
    with writing():
        there = enrol(cast.sued, "Anna Kolb")
        enter(cast.slots[0], cast.anna.enrolment_id, "present")
        enter(service.slots(cast.sued)[2].id, there.enrolment_id, "partial", 20)
        anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        anna.left_at, anna.merged_into_id = clock.now(), there.enrolment_id
    client = client_for(cast.olga)
    assert [row[3] for row in in_csv(client, f"/kohorten/{cast.nord}/listen")[1:]] == ["90", "0", "90"]
    both = in_csv(client, "/listen")
    assert [(row[0], row[2], row[4]) for row in both[1:] if row[0] == "Kolb"] == [
        ("Kolb", "Kohorte Nord", "90"), ("Kolb", "Kohorte Süd", "20"),
    ]  # fmt: skip
    assert both[-1][4] == "110"


# Over several cohorts


def saturday(cast: Cast) -> int:
    day = CourseDay(cohort_id=cast.sued, date=date(2026, 7, 4), name="Zweiter Tag")
    db.session.add(day)
    db.session.flush()
    slot = ScheduledSlot(
        cohort_id=cast.sued, day_id=day.id, kind="inhalt", title="Rückschau",
        starts_at=clock.instant(day.date, 600), ends_at=clock.instant(day.date, 645),
    )  # fmt: skip
    db.session.add(slot)
    db.session.flush()
    return slot.id


def test_several_cohorts_in_a_range_of_days(cast: Cast, client_for: Any, writing: Any) -> None:
    with writing():
        worked_example(cast)
        enter(saturday(cast), cast.frida.enrolment_id, "present")
    client = client_for(cast.olga)
    rows = in_csv(client, "/listen")
    assert rows[0][:5] == ["Nachname", "Vorname", "Kohorte", "Kostenträger", "Summe Minuten"]
    assert rows[0][7:] == [
        f"{day} {what}" for day in ("03.07.2026", "04.07.2026") for what in ("Minuten", "UE")
    ]
    assert [(row[0], row[2], row[7], row[9], row[4]) for row in rows[1:]] == [
        ("Kolb", "Kohorte Nord", "240", "", "240"),
        ("Nowak", "Kohorte Süd", "0", "45", "45"),
        ("Öztürk", "Kohorte Nord", "67", "", "67"),
        ("Summe", "", "307", "45", "352"),
    ]
    only = in_csv(client, "/listen?von=2026-07-04&bis=2026-07-31&was=tage")
    assert [row[0] for row in only[1:]] == ["04.07.2026", "Summe"]
    assert in_csv(client, f"/listen?kohorte={cast.nord}")[-1][3] == "307"
    page = client.soup(f"/listen?kohorte={cast.nord}&von=2026-07-01&bis=2026-07-31")
    assert [box["value"] for box in page.select("input[name=kohorte][checked]")] == [str(cast.nord)]
    assert "1.–31. Juli 2026" in page.select_one("#liste").get_text()


def test_without_course_days_it_says_what_to_do(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.olga)
    assert (
        "hat keine Kohorte einen Kurstag" in client.soup("/listen?von=2025-01-01&bis=2025-12-31").get_text()
    )
    assert client.get("/listen.csv?von=2025-01-01&bis=2025-12-31").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("was=alles", "Bitte wählen Sie einen der Einträge."),
        ("rundung=grob", "Bitte wählen Sie einen der Einträge."),
        ("halbe=egal", "Bitte wählen Sie, ob eine halbe UE auf- oder abgerundet wird."),
        ("von=gestern", "„gestern“ ist kein Datum."),
        ("von=2026-02-30", "„2026-02-30“ ist kein Datum."),
        ("bis=%00x", "„x“ ist kein Datum."),
        ("von=2026-07-04&bis=2026-07-03", "Dieser Tag liegt vor dem ersten."),
        ("von=2010-01-01&bis=2026-12-31", "Das sind mehr als fünf Jahre."),
        ("kohorte=x", "Bitte wählen Sie Kohorten aus der Liste."),
        ("kohorte=4711", "Eine der gewählten Kohorten hat in diesem Zeitraum keinen Kurstag."),
    ],
)
def test_bad_choices_are_named(cast: Cast, client_for: Any, query: str, words: str) -> None:
    client = client_for(cast.olga)
    for path in ("/listen", "/listen.csv", "/listen.xlsx"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)


def test_who_may(cast: Cast, client_for: Any, url: str) -> None:
    for ending in ("", ".csv", ".xlsx"):
        assert knock(client_for, cast, url + ending) == DESK
        everywhere = DESK | {"theo": 403, "anna": 404}
        assert knock(client_for, cast, f"/listen{ending}") == everywhere


def test_cohorts_that_are_not_there_are_not_found(cast: Cast, client_for: Any) -> None:
    for number in (4711, 2**40):
        assert client_for(cast.olga).get(f"/kohorten/{number}/listen").status_code == 404


def test_costs_the_same_for_many_people(cast: Cast, client_for: Any, writing: Any, statements: Any) -> None:
    client = client_for(cast.olga)
    with writing():
        worked_example(cast)
    counts = []
    for _ in range(2):
        with statements() as seen:
            for address in (f"/kohorten/{cast.nord}/listen", "/listen", "/listen.csv"):
                client.get(address)
        counts.append(len(seen))
        with writing():
            for number in range(15):
                who = enrol(cast.nord, f"Person Zahl{number}")
                for slot in (0, 2, 4):
                    enter(cast.slots[slot], who.enrolment_id, "present")
    assert counts[0] == counts[1]


def test_names_that_could_be_formulas_are_harmless(
    cast: Cast, client_for: Any, writing: Any, url: str
) -> None:
    with writing():
        anna = db.session.get_one(Enrolment, cast.anna.enrolment_id)
        anna.funder = '=HYPERLINK("http://x")'
        people.correct_name(anna, "Anna ＝1+1")
    client = client_for(cast.olga)
    rows = in_csv(client, url)
    assert ["'＝1+1", "Anna", '\'=HYPERLINK("http://x")'] in [row[:3] for row in rows]
    with zipfile.ZipFile(io.BytesIO(client.get(f"{url}.xlsx").data)) as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]
