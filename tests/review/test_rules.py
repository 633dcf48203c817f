"""When cards come back: examples, and what holds whatever somebody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review import rules
from app.review.rules import DUE_A_DAY, NEW_A_DAY, SETTLED, STEPS, Card, Coming, Shown
from tests.review.making import TODAY, card, day

SLUGS = [f"b-{n:02}" for n in range(40)]
CARDS = st.lists(
    st.builds(
        card,
        st.sampled_from(SLUGS),
        step=st.integers(1, len(STEPS)),
        due=st.integers(-90, 90),
        first=st.integers(-200, 0),
        last=st.integers(-90, 0),
    )
    | st.builds(card, st.sampled_from(SLUGS), step=st.just(SETTLED), due=st.none()),
    unique_by=lambda each: each.slug,
)
TERMS = st.lists(st.sampled_from(SLUGS), unique=True)


@pytest.mark.parametrize(("step", "days"), [(0, 1), (1, 3), (2, 7), (3, 21), (4, 60), (5, None)])
def test_what_was_known_comes_later_each_time(step, days):
    following, due_on = rules.answered(step, known=True, today=TODAY)
    assert following == step + 1
    assert due_on == (None if days is None else day(days))


@pytest.mark.parametrize("step", range(SETTLED))
def test_what_was_not_known_begins_again(step):
    assert rules.answered(step, known=False, today=TODAY) == (1, day(1))


def test_the_longest_due_comes_first_and_new_ones_last():
    cards = [card("spaeter", due=-1), card("laengst", due=-9), card("morgen", due=1), card("sitzt", 6, None)]
    found = rules.sitting(cards, ["neu", "laengst", "sitzt"], TODAY)
    assert [shown.slug for shown in found.shown] == ["laengst", "spaeter", "neu"]
    assert (found.again, found.new) == (2, 1)


def test_so_many_a_day_and_no_more():
    cards = [card(f"c-{n:02}", due=-n) for n in range(20)]
    found = rules.sitting(cards, SLUGS, TODAY)
    assert (found.again, found.new, found.waiting_due, found.waiting_new) == (15, 5, 5, 35)


def test_what_was_answered_today_counts_against_the_day():
    begun = [card(f"n-{n}", due=1, first=0, last=0) for n in range(3)]
    again = [card(f"a-{n}", due=3, first=-4, last=0) for n in range(10)]
    due = [card(f"d-{n}", due=-2) for n in range(9)]
    found = rules.sitting([*begun, *again, *due], SLUGS, TODAY)
    assert (found.again, found.new) == (5, 2)


def test_the_next_days():
    cards = [card(f"d-{n:02}", due=-1) for n in range(35)] + [card("x", due=1), card("y", due=9)]
    found = rules.coming(cards, rules.sitting(cards, [], TODAY), TODAY)
    assert found == [Coming(day(1), 15), Coming(day(2), 6), Coming(day(9), 1)]


def test_nothing_comes_when_everything_has_settled():
    cards = [card("x", SETTLED, None)]
    found = rules.sitting(cards, ["x"], TODAY)
    assert found.shown == () and rules.coming(cards, found, TODAY) == []


def test_a_pause_moves_every_day_but_settled_cards():
    cards = [card("a", due=-2), card("b", due=5), card("c", SETTLED, None)]
    moved = rules.resumed(cards, day(-7), TODAY)
    assert [each.due_on for each in moved] == [day(5), day(12), None]
    assert rules.resumed(cards, TODAY, TODAY) == cards == rules.resumed(cards, day(3), TODAY)


@given(CARDS, TERMS)
def test_a_sitting_is_never_too_large_and_never_shows_what_is_not_due(cards: list[Card], terms: list[str]):
    found = rules.sitting(cards, terms, TODAY)
    known = {each.slug: each for each in cards}
    assert found.again <= DUE_A_DAY and found.new <= NEW_A_DAY
    assert len({shown.slug for shown in found.shown}) == len(found.shown)
    for shown in found.shown:
        if shown.new:
            assert shown.slug in terms and shown.slug not in known
        else:
            due_on = known[shown.slug].due_on
            assert due_on is not None and due_on <= TODAY
    assert found.again + found.waiting_due == sum(c.due_on is not None and c.due_on <= TODAY for c in cards)


def work_through(cards: list[Card], terms: list[str], today: date, known: bool) -> list[Card]:
    """Answer everything of a day the same way."""
    box = {each.slug: each for each in cards}
    while (now := rules.sitting(box.values(), terms, today)).shown:
        shown = now.shown[0]
        step, due_on = rules.answered(shown.step, known=known, today=today)
        before = box.get(shown.slug, Card(shown.slug, 0, None, today, today))
        box[shown.slug] = replace(before, step=step, due_on=due_on, last_on=today)
    return list(box.values())


@given(CARDS, TERMS, st.booleans())
def test_a_day_comes_to_its_end_whatever_is_answered(cards: list[Card], terms: list[str], known: bool):
    after = work_through(cards, terms, TODAY, known)
    begun = [each for each in after if each.first_on == TODAY]
    assert len(begun) <= max(NEW_A_DAY, sum(each.first_on == TODAY for each in cards))
    assert sum(c.last_on == TODAY > c.first_on for c in after) <= max(
        DUE_A_DAY, sum(c.last_on == TODAY > c.first_on for c in cards)
    )


@given(TERMS)
def test_who_knows_everything_is_through_one_day(terms: list[str]):
    cards: list[Card] = []
    today = TODAY
    for _ in range(60):
        cards = work_through(cards, terms, today, known=True)
        following = rules.coming(cards, rules.sitting(cards, terms, today), today)
        if not following:
            break
        today = following[0].day
    assert {each.slug: each.step for each in cards} == dict.fromkeys(terms, SETTLED)


@given(CARDS, TERMS)
def test_what_is_announced_is_what_comes(cards: list[Card], terms: list[str]):
    today = rules.sitting(cards, terms, TODAY)
    announced = rules.coming(cards, replace(today, shown=()), TODAY, days=1)
    done = {shown.slug for shown in today.shown}
    left = [each for each in cards if each.slug not in done]
    if announced:
        then = rules.sitting(left, [slug for slug in terms if slug not in done], announced[0].day)
        assert len(then.shown) == announced[0].cards > 0
    else:
        assert today.waiting_due == today.waiting_new == 0


@given(CARDS, st.integers(0, 400), TERMS)
def test_after_a_pause_everything_stands_where_it_was(cards: list[Card], days: int, terms: list[str]):
    back = TODAY + timedelta(days=days)
    moved = rules.resumed(cards, TODAY, back)
    for before, after in zip(cards, moved, strict=True):
        assert (after.due_on is None) == (before.due_on is None)
        if before.due_on and after.due_on:
            assert after.due_on - back == before.due_on - TODAY
    due = lambda box, now: {c.slug for c in box if c.due_on and c.due_on <= now}  # noqa: E731
    assert due(moved, back) == due(cards, TODAY)


@given(st.integers(0, len(STEPS)), st.booleans())
def test_a_card_never_comes_twice_on_a_day(step: int, known: bool):
    _, due_on = rules.answered(step, known=known, today=TODAY)
    assert due_on is None or due_on > TODAY


def test_terms_are_met_where_somebody_went_on(course_value):
    assert rules.met(course_value, set()) == []
    assert rules.met(course_value, {"ankommen/willkommen", "fall/der-weg-zur-kita"}) == []
    assert rules.met(course_value, {"ankommen/schauen", "gibt/es-nicht"}) == ["sozialraum"]


def test_a_new_card_has_no_day():
    assert Shown("x").new and Shown("x").due_on is None
