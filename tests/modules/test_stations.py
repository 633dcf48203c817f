"""The way as a list: order, titles, what is done, where to go on. Without a database."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.course.model import PageKind
from app.modules import stations
from app.modules.stations import Walked

KEYS = [
    "ankommen/willkommen", "ankommen/schauen", "ankommen/fragen-1", "ankommen/halt-1",
    "feld/felder", "fall/der-weg-zur-kita", "feld/halt-2",
]  # fmt: skip
STOPS = {"ankommen/halt-1": "l1-1", "feld/halt-2": "l2-1"}


def line(course, pages=(), blocks=(), current=""):
    return stations.way(course, Walked(frozenset(pages), frozenset(blocks)), lambda key: f"/{key}", current)


def test_the_order_of_the_way(course_value):
    assert [station.key for station in line(course_value)] == KEYS


def test_a_case_is_met_once_in_the_first_module_that_offers_it(course_value):
    case = replace(course_value.cases[0], modules=("feld", "ankommen"))
    keys = [station.key for station in line(replace(course_value, cases=(case,)))]
    assert keys.index("fall/der-weg-zur-kita") == 3, "before the module's last Lernstopp"
    assert keys.count("fall/der-weg-zur-kita") == 1


def test_a_case_stands_at_the_end_of_a_module_without_lernstopp(course_value):
    module = course_value.modules[1]
    shorter = replace(course_value, modules=(replace(module, pages=module.pages[:1]),))
    assert [station.key for station in line(shorter)] == ["feld/felder", "fall/der-weg-zur-kita"]
    empty = replace(course_value, modules=(replace(module, pages=()),))
    assert [station.key for station in line(empty)] == ["fall/der-weg-zur-kita"]


def test_titles_say_the_kind_once(course_value):
    stop, page = course_value.modules[0].pages[3], course_value.modules[0].pages[0]
    assert stations.title_of(stop) == "Lernstopp: Halt am Morgen"
    assert stations.title_of(replace(stop, title="Lernstopp: Halt")) == "Lernstopp: Halt"
    assert stations.title_of(replace(stop, title="LERNSTOPP am Abend")) == "LERNSTOPP am Abend"
    assert stations.title_of(page) == "Willkommen"
    assert stations.title_of(course_value.cases[0]) == "Fallwerkstatt: Der Weg zur Kita"


def test_a_lernstopp_is_done_when_worked_on_and_walked_when_passed(course_value):
    passed = line(course_value, pages=KEYS[:4])[3]
    assert (passed.done, passed.walked) == (False, True)
    worked_on = line(course_value, blocks=["l1-1"])[3]
    assert (worked_on.done, worked_on.walked) == (True, True)
    bare = replace(course_value.modules[0].pages[1], kind=PageKind.REFLECTION)
    module = replace(course_value.modules[0], pages=(bare,))
    assert line(replace(course_value, modules=(module,)), pages=["ankommen/schauen"])[0].done


def test_neighbours(course_value):
    whole = line(course_value)
    assert stations.neighbours(whole, KEYS[0]) == (None, whole[1])
    assert stations.neighbours(whole, KEYS[5]) == (whole[4], whole[6])
    assert stations.neighbours(whole, KEYS[6]) == (whole[5], None)


def test_where_a_block_stands(course_value):
    assert stations.of_block(course_value, "l2-1")[0] == "feld/halt-2"
    assert stations.of_block(course_value, "case-1")[0] == "fall/der-weg-zur-kita"
    assert stations.of_block(course_value, "nie") is None
    lonely = replace(course_value, cases=(replace(course_value.cases[0], modules=()),))
    assert stations.of_block(lonely, "case-1") is None


@given(walked=st.sets(st.sampled_from(KEYS)))
def test_going_on(course_value, walked):
    whole = line(course_value, pages=walked)
    go_on = stations.resume(whole)
    places = [KEYS.index(key) for key in walked]
    later = KEYS[max(places, default=-1) + 1 :]
    expected = (later or [key for key in KEYS if key not in walked] or [None])[0]
    assert (go_on and go_on.key) == expected


@given(walked=st.sets(st.sampled_from(KEYS)), blocks=st.sets(st.sampled_from(sorted(STOPS.values()))))
def test_legs_hold_the_whole_way(course_value, walked, blocks):
    whole = line(course_value, pages=walked, blocks=blocks)
    go_on = stations.resume(whole)
    legs = stations.legs(whole, go_on)
    assert [station.key for leg in legs for station in leg.stations] == KEYS
    assert sum(leg.open for leg in legs) == (1 if go_on else 2)
    assert sum(leg.done for leg in legs) == sum(station.done for station in whole)
