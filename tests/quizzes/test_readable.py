"""Which blocks others may read: what stood beside the field decides, for every kind there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.course.model import Sight
from app.quizzes import readable, sharing
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import _TEMPLATES
from app.quizzes.sharing import BY_WRITER, GROUP, TRAINER
from app.quizzes.values import Contribution
from tests.support.cast import NOW


def test_nobody_reads_what_is_for_oneself(course):
    for block in course.blocks:
        alone = replace(block, sight=Sight.ONLY_ME)
        assert not readable.shared_by_sight(alone)
        assert readable.for_the_group(alone) == readable.for_staff(alone, trainer=True) == ()


@pytest.mark.parametrize(
    ("sight", "group", "trainer", "organiser"),
    [
        (Sight.GROUP, (GROUP,), (GROUP, TRAINER), (GROUP,)),
        (Sight.TRAINER, (), (GROUP, TRAINER), ()),
        (Sight.ONLY_ME, (), (), ()),
    ],
)
def test_who_reads_a_free_text(block, sight, group, trainer, organiser):
    text = replace(block("w1-3"), sight=sight)
    assert readable.for_the_group(text) == group
    assert readable.for_staff(text, trainer=True) == trainer
    assert readable.for_staff(text, trainer=False) == organiser


def test_a_kind_that_is_read_by_name_says_so_beside_its_field(course):
    for block in course.blocks:
        if readable.shared_by_sight(replace(block, sight=Sight.TRAINER)):
            template = (_TEMPLATES / kind_of(block).template).read_text()
            assert "sight_note(block.sight)" in template, block.kind


@pytest.mark.parametrize("name", ["w1-1", "w-ankommen"])
def test_where_the_writer_decides_the_author_does_not(block, name):
    found = replace(block(name), sight=Sight.GROUP)
    assert found.kind in BY_WRITER
    assert sharing.by_block(found, Read({})) is None
    assert not readable.shared_by_sight(found)


def test_quiz_answers_are_for_trainers_at_most(block):
    quiz = replace(block("q1-1"), sight=Sight.GROUP)
    assert readable.for_the_group(quiz) == ()
    assert readable.for_staff(quiz, trainer=True) == (GROUP, TRAINER)


def given(body):
    return Contribution(1, "Anna", body, NOW)


def test_a_lernstopp_shows_its_own_words_and_nobodys_questions(course, block):
    body = {
        "entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "Zuhören"}],
        "states": {"w1-2_a1": "veraendert"}, "wording": {"w1-2_a1": "Geheim?"},
    }  # fmt: skip
    found = readable.read(course, block("l1-1"), [given(body)])
    assert [note.text for note in found[0].notes] == ["Zuhören"]


@pytest.mark.parametrize("body", [
    {}, {"entries": []}, {"entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": " "}]},
    {"entries": [], "acknowledged": True},
])  # fmt: skip
def test_who_wrote_nothing_is_not_listed(course, block, body):
    assert readable.read(course, block("l1-1"), [given(body)]) == []


def test_the_state_of_an_own_question_is_not_told(course, block):
    body = {"items": [{"id": "a1", "text": "Was ist ein Feld?"}]}
    found = readable.read(course, block("w1-2"), [given(body)])
    assert [(note.text, note.extra) for note in found[0].notes] == [("Was ist ein Feld?", "")]
