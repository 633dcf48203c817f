"""Publishing: the same content is the same edition; what was published stays."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.course.model import Course
from app.course.source import SourceTree, from_mapping
from app.editions import service
from app.editions.models import Blob, Edition
from app.extensions import db, transaction
from tests.support.course import small_course
from tests.support.databases import count


def tree_of() -> SourceTree:
    return from_mapping(small_course())[0]


def compiled(tree: SourceTree) -> Course:
    found = service.prepare(tree)
    assert found.course, found.problems
    return found.course


def publish(app: Flask, tree: SourceTree, note: str = "") -> tuple[int, bool]:
    course = compiled(tree)
    with app.app_context():
        with transaction():
            done = service.publish(tree, course, "Tarek Aydın", note)
            found = done.edition.id, done.new
        db.session.remove()
    return found


def test_works(app: Flask) -> None:
    tree = tree_of()
    edition_id, new = publish(app, tree, "  Erste Fassung ")
    assert new
    with app.app_context():
        edition = service.find(edition_id)
        assert edition
        assert (edition.title, edition.course_slug, edition.note) == (
            "Kleiner Kurs",
            "klein",
            "Erste Fassung",
        )
        assert edition.published_by == "Tarek Aydın"
        assert service.source_of(edition_id) == tree
        assert service.course(edition.digest).digest == edition.digest


def test_the_same_content_is_the_same_edition(app: Flask) -> None:
    first, _ = publish(app, tree_of(), "eins")
    second, new = publish(app, tree_of(), "zwei")
    assert (second, new) == (first, False)
    with app.app_context():
        assert (count("edition"), count("edition_file")) == (1, len(tree_of().files))
        assert service.editions()[0].note == "eins"


def test_what_did_not_change_is_stored_once(app: Flask) -> None:
    publish(app, tree_of())
    with app.app_context():
        before = count("blob")
    publish(app, from_mapping(small_course() | {"glossary.md": GLOSSARY})[0])
    with app.app_context():
        assert count("blob") == before + 1
        assert [edition.id for edition in service.editions()] == [2, 1]
        assert [edition.id for edition in service.newest_by_course()] == [2]
        newest = service.find(2)
        assert newest
        found = service.before(newest)
        assert found
        assert found.id == 1
        assert service.before(found) is None


GLOSSARY = b"## Sozialraum {#sozialraum}\nEin Raum, den Menschen herstellen.\n"


def test_two_files_with_the_same_bytes(app: Flask) -> None:
    files = small_course() | {"media/a.svg": SVG, "media/b.svg": SVG}
    edition_id, _ = publish(app, from_mapping(files)[0])
    with app.app_context():
        assert service.source_of(edition_id).files["media/b.svg"] == SVG


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>\n'


def test_a_tree_with_problems_gives_no_course_to_publish(app: Flask) -> None:
    broken = from_mapping(small_course() | {"ankommen/schauen.md": b"::: unbekannt {#x}\n"})[0]
    found = service.prepare(broken)
    assert found.course is None
    assert found.problems
    with app.app_context():
        assert count("edition") == 0


def test_a_course_of_another_tree_is_refused(app: Flask) -> None:
    other = compiled(from_mapping(small_course() | {"glossary.md": GLOSSARY})[0])
    with app.app_context(), pytest.raises(ValueError, match="another tree"), transaction():
        service.publish(tree_of(), other, "x")


def test_publishing_at_the_same_instant_makes_one(app: Flask) -> None:
    tree, found = tree_of(), []
    course = compiled(tree)

    def send() -> None:
        with app.app_context():
            with transaction():
                found.append(service.publish(tree, course, "x").edition.id)
            db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 6
    with app.app_context():
        assert count("edition") == 1


def test_blobs_are_named_by_their_content(app: Flask) -> None:
    publish(app, tree_of())
    with app.app_context():
        rows = db.session.execute(select(Blob.sha256, Blob.data)).all()
        assert all(len(name) == 64 for name, _ in rows)
        assert len({data for _, data in rows}) == len(rows)


def test_pictures_are_found_and_sources_are_not(app: Flask) -> None:
    edition_id, _ = publish(app, from_mapping(small_course() | {"media/a.svg": SVG})[0])
    with app.app_context():
        edition = db.session.get_one(Edition, edition_id)
        assert service.media(edition.digest, "a.svg") == SVG
        assert service.media(edition.digest, "media/a.svg") == SVG
        for path in ("b.svg", "../course.yaml", "course.yaml", ""):
            assert service.media(edition.digest, path) is None
        assert service.media("0" * 64, "a.svg") is None


def test_an_unknown_digest(app: Flask) -> None:
    with app.app_context(), pytest.raises(service.NoSuchEdition):
        service.course("0" * 64)


def test_stored_sources_that_no_longer_compile(app: Flask, monkeypatch: Any) -> None:
    edition_id, _ = publish(app, tree_of())
    monkeypatch.setattr(service, "_courses", service.Cache(most=1))
    broken = from_mapping({"course.yaml": b"x: 1\n"})[0]
    monkeypatch.setattr(service, "source_of", lambda _edition_id: broken)
    with app.app_context(), pytest.raises(service.CannotCompile) as caught:
        service.course(db.session.get_one(Edition, edition_id).digest)
    assert caught.value.problems


def test_an_edition_stays_readable_when_the_rules_become_stricter(app: Flask, monkeypatch: Any) -> None:
    edition_id, _ = publish(app, tree_of())
    monkeypatch.setattr(service, "_courses", service.Cache(most=1))
    quiz = "::: frage {#streng}\nWas?\n- [x] a\n- [ ] b\n\n> Weil.\n:::\n"
    files = dict(small_course())
    path = next(path for path in files if path.endswith(".md") and "/" in path)
    files[path] += quiz.encode()
    monkeypatch.setattr(service, "source_of", lambda _edition_id: from_mapping(files)[0])
    with app.app_context():
        course = service.course(db.session.get_one(Edition, edition_id).digest)
    assert course.find_block("streng")
