"""/kurs/<cohort>/: the way with its stations, and where to go on."""

from __future__ import annotations

from app import clock
from tests.modules.doors import READERS, course, knock, words
from tests.progress.cohort import complete, mark, read, write
from tests.support.cast import DAY

WALKED = [
    "ankommen/willkommen", "ankommen/schauen", "ankommen/fragen-1", "ankommen/halt-1",
    "feld/felder", "fall/der-weg-zur-kita", "feld/halt-2",
]  # fmt: skip


def main_button(page):
    return page.select_one("main .button--primary")


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast))) == READERS


def test_unknown_cohorts(client_for, cast):
    for cohort in ("999", str(2**40)):
        assert client_for(cast.anna).get(f"/kurs/{cohort}/").status_code == 404


def test_it_begins_at_the_first_station(client_for, cast):
    page = client_for(cast.anna).soup(course(cast))
    button = main_button(page)
    assert words(button) == "Beginnen: Willkommen"
    assert button["href"] == course(cast, "seite/ankommen/willkommen")
    assert len(page.select("main .station")) == len(WALKED)
    assert page.select(".station.is-done") == []


def test_titles_are_announced_once(client_for, cast, pinned):
    text = (
        "---\ntitel: 'Lernstopp: Halt'\nminuten: 8\nart: lernstopp\n---\n::: lernstopp {#l2-1}\n- Was?\n:::\n"
    )
    pinned({"feld/halt-2.md": text})
    titles = [words(title) for title in client_for(cast.anna).soup(course(cast)).select(".station__title")]
    assert titles == [
        "Willkommen", "Schauen", "Fragen zum Ankommen", "Lernstopp: Halt am Morgen",
        "Felder", "Fallwerkstatt: Der Weg zur Kita", "Lernstopp: Halt",
    ]  # fmt: skip


def test_it_goes_on_where_they_were(app, client_for, cast):
    read(app, cast.anna, *WALKED[:2])
    page = client_for(cast.anna).soup(course(cast))
    assert words(main_button(page)) == "Weiter: Fragen zum Ankommen"
    assert [words(title) for title in page.select(".is-done .station__title")] == ["Willkommen", "Schauen"]
    assert words(main_button(client_for(cast.bela).soup(course(cast)))) == "Beginnen: Willkommen"


def test_only_the_module_where_one_goes_on_lies_open(app, client_for, cast):
    read(app, cast.anna, *WALKED[:4])
    write(app, cast.anna, "l1-1")
    modules = client_for(cast.anna).soup(course(cast)).select("details.way__module")
    assert [module.has_attr("open") for module in modules] == [False, True]
    assert [words(module.select_one(".way__count")) for module in modules] == ["erledigt", "0 von 3"]


def test_a_lernstopp_is_done_when_it_was_worked_on(app, client_for, cast):
    read(app, cast.anna, *WALKED[:4])
    page = client_for(cast.anna).soup(course(cast))
    assert words(page.select_one(".way__count")) == "3 von 4"
    assert words(main_button(page)) == "Weiter: Felder"
    write(app, cast.anna, "l1-1")
    assert words(client_for(cast.anna).soup(course(cast)).select_one(".way__count")) == "erledigt"


def test_at_the_end_everything_lies_open(app, client_for, cast):
    read(app, cast.anna, *WALKED)
    page = client_for(cast.anna).soup(course(cast))
    assert main_button(page) is None
    assert "den ganzen Weg gegangen" in words(page)
    assert all(module.has_attr("open") for module in page.select("details.way__module"))


def now_line(client_for, cast, hour, minute=0):
    with clock.standing_at(clock.instant(DAY, hour * 60 + minute)):
        line = client_for(cast.anna).soup(course(cast)).select_one("a.now")
    assert line is None or line["href"] == course(cast, "plan")
    return line and words(line)


def test_what_runs_now_stands_below_the_button(client_for, cast):
    assert now_line(client_for, cast, 11) == "Jetzt bis 12:15: Das Feld, noch 75 Min."
    assert now_line(client_for, cast, 7) == "Als Nächstes, 09:00: Ankommen"
    assert now_line(client_for, cast, 16) is None


def test_the_margin_says_only_what_is_missing(app, client_for, cast):
    margin = client_for(cast.anna).soup(course(cast)).select_one(".reader__margin")
    assert words(margin).count("Anwesenheit: 0 ") == 1
    assert words(margin).count("Lernstopps: 0 von 2 bearbeitet") == 1
    complete(app, cast, cast.anna)
    with clock.standing_at(clock.instant(DAY, 17 * 60)):
        margin = client_for(cast.anna).soup(course(cast)).select_one(".reader__margin")
    assert "Alles ist erfüllt." in words(margin)
    assert "Anwesenheit" not in words(margin)


def test_enough_before_the_day_is_over_is_not_everything(app, client_for, cast):
    for slot in (cast.slots[0], cast.slots[2], cast.slots[4]):
        mark(app, cast.anna, slot)
    for block in ("l1-1", "l2-1"):
        write(app, cast.anna, block)
    margin = client_for(cast.anna).soup(course(cast)).select_one(".reader__margin")
    assert "Was bisher eingetragen ist, genügt." in words(margin)


def test_opening_it_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        client_for(cast.anna).get(course(cast))
    assert all(statement.startswith("SELECT") for statement in seen), seen
