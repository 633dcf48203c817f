"""A sheet that several phones fill in at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from app.extensions import db
from app.groups.models import GroupRevision, GroupSheet
from app.quizzes.values import Conflict, Saved
from tests.groups.conftest import Room, body


def test_two_phones_fill_in_different_fields(room: Room) -> None:
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    first = room.send(group, body(a="Anna", b=""), "phone-a1")
    second = room.send(group, body(a="", b="Bela"), "phone-b1")
    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert room.sheet(group) == body(a="Anna", b="Bela")
    # Anna goes on typing without having seen what Bela wrote: it stays.
    room.send(group, body(a="Anna schreibt", b=""), "phone-a2", base=first.version)
    assert room.sheet(group) == body(a="Anna schreibt", b="Bela")
    # Bela deletes her own text; Anna's stays.
    room.send(group, body(a="", b=""), "phone-b2", base=second.version)
    assert room.sheet(group) == body(a="Anna schreibt", b="")


def test_two_texts_in_one_field_are_a_conflict_and_both_are_kept(room: Room) -> None:
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, body(a="Anna"), "phone-a1")
    outcome = room.send(group, body(a="Bela"), "phone-b1")
    assert isinstance(outcome, Conflict)
    assert (outcome.current.body, outcome.submitted) == (body(a="Anna"), body(a="Bela"))
    assert room.sheet(group) == body(a="Anna")
    with room.app.app_context():
        assert db.session.query(GroupRevision).count() == 2
    decided = room.send(group, body(a="Anna und Bela"), "phone-b2", base=outcome.current.version)
    assert isinstance(decided, Saved)
    assert room.sheet(group) == body(a="Anna und Bela")


def test_sending_twice_changes_nothing(room: Room) -> None:
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    first = room.send(group, body(a="Anna", b=""), "phone-a1")
    room.send(group, body(a="", b="Bela"), "phone-b1")
    assert room.send(group, body(a="Anna", b=""), "phone-a1") == first
    refused = room.send(group, body(a="Cem", b=""), "phone-c1")
    assert room.send(group, body(a="Cem", b=""), "phone-c1") == refused
    assert room.sheet(group) == body(a="Anna", b="Bela")


def test_twenty_phones_at_once(room: Room) -> None:
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    names = [f"f{number:02}" for number in range(20)]

    def send(name: str) -> object:
        return room.send(
            group, body(**{each: each if each == name else "" for each in names}), f"phone-{name}"
        )

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, names))
    assert all(isinstance(outcome, Saved) for outcome in outcomes)
    assert room.sheet(group) == body(**{name: name for name in names})


def test_texts_are_sealed(room: Room) -> None:
    (group,) = room.draw(room.cast.anna, room.cast.bela)
    room.send(group, body(a="Ganz privat"), "phone-a1")
    with room.app.app_context():
        for row in (*db.session.query(GroupSheet), *db.session.query(GroupRevision)):
            assert b"privat" not in row.sealed_body
