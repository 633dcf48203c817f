"""Publishing, finding and compiling editions. What was published never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.course.compile import Compiled, compile_bounded, compile_course
from app.course.digest import digest as digest_of
from app.course.model import Course, Problem
from app.course.source import SourceTree
from app.editions.cache import Cache
from app.editions.models import Blob, Edition, EditionFile
from app.extensions import db

MEDIA = "media/"
_courses: Cache[Course] = Cache(most=40)


class NoSuchEdition(LookupError):
    """No edition has this digest."""


class CannotCompile(Exception):
    """The stored sources no longer compile; `problems` says why."""

    def __init__(self, digest: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"edition {digest[:12]}: {[problem.code for problem in problems]}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Published:
    """`new` is False if the same content had been published before."""

    edition: Edition
    new: bool


def prepare(tree: SourceTree, known: Iterable[Problem] = ()) -> Compiled:
    """The course of this tree, or all its problems. Takes its time: call outside a transaction."""
    return compile_bounded(tree, known=known)


def publish(tree: SourceTree, course: Course, author: str, note: str = "") -> Published:
    """Store the tree as an edition; the same content stays the edition it was. Call inside a transaction."""
    name = digest_of(tree)
    if name != course.digest:
        raise ValueError("the course was compiled from another tree")
    values = {
        "digest": name,
        "course_slug": course.slug,
        "title": course.title,
        "note": note.strip()[:500],
        "published_at": clock.now(),
        "published_by": author,
    }
    row = (
        _insert(Edition)
        .values(values)
        .on_conflict_do_nothing(index_elements=["digest"])
        .returning(Edition.id)
    )
    new_id = db.session.scalar(row)
    if new_id is not None:
        _store_files(new_id, tree)
    edition = db.session.scalars(select(Edition).where(Edition.digest == name)).one()
    return Published(edition, new_id is not None)


def _store_files(edition_id: int, tree: SourceTree) -> None:
    names = {path: hashlib.sha256(data).hexdigest() for path, data in tree.files.items()}
    blobs = {names[path]: data for path, data in tree.files.items()}
    rows = [{"sha256": name, "data": data} for name, data in sorted(blobs.items())]
    db.session.execute(_insert(Blob).on_conflict_do_nothing(index_elements=["sha256"]), rows)
    files = [EditionFile(edition_id=edition_id, path=path, sha256=name) for path, name in names.items()]
    db.session.add_all(files)
    db.session.flush()


def _insert(model: type[Edition] | type[Blob]) -> Any:
    """An INSERT that can say ON CONFLICT; both databases can, in dialects of their own."""
    sqlite_speaks = db.session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if sqlite_speaks else postgresql.insert(model)


def course(digest: str) -> Course:
    """The compiled course of an edition. Raises NoSuchEdition, CannotCompile."""
    return _courses.get(digest, lambda: _compile(digest))


def _compile(digest: str) -> Course:
    edition_id = db.session.scalar(select(Edition.id).where(Edition.digest == digest))
    if edition_id is None:
        raise NoSuchEdition(digest)
    compiled = compile_course(source_of(edition_id), lenient=True)
    if compiled.course is None:
        raise CannotCompile(digest, compiled.problems)
    return compiled.course


def source_of(edition_id: int) -> SourceTree:
    """The sources exactly as they were published."""
    query = select(EditionFile.path, Blob.data).join(Blob, Blob.sha256 == EditionFile.sha256)
    rows = db.session.execute(query.where(EditionFile.edition_id == edition_id))
    return SourceTree({path: bytes(data) for path, data in rows})


def media(digest: str, path: str) -> bytes | None:
    """A picture of an edition; `path` as in `Course.media` (with or without the folder's name)."""
    query = (
        select(Blob.data)
        .join(EditionFile, EditionFile.sha256 == Blob.sha256)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .where(Edition.digest == digest, EditionFile.path == MEDIA + path.removeprefix(MEDIA))
    )
    data = db.session.scalar(query)
    return None if data is None else bytes(data)


def editions() -> list[Edition]:
    """All editions, newest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.id.desc())))


def newest_by_course() -> list[Edition]:
    """The newest edition of each course, by title."""
    newest = select(func.max(Edition.id)).group_by(Edition.course_slug)
    return list(db.session.scalars(select(Edition).where(Edition.id.in_(newest)).order_by(Edition.title)))


def find(edition_id: int) -> Edition | None:
    return db.session.get(Edition, edition_id)


def before(edition: Edition) -> Edition | None:
    """The edition of the same course that was published last before this one."""
    query = select(Edition).where(Edition.course_slug == edition.course_slug, Edition.id < edition.id)
    return db.session.scalar(query.order_by(Edition.id.desc()).limit(1))
