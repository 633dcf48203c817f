"""The Lernheft as a ZIP of text files, with all answers and their history for machines (DSGVO Art. 20)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.course.model import Course
from app.modules import lernheft_markdown
from app.modules.portfolio import Sheets
from app.modules.takeaway import Document
from app.quizzes.values import Revision, Saved

DATA = "daten.json"
FORMAT = "feldweg-lernheft/1"


def packed(document: Document, data: Mapping[str, Any], at: datetime) -> bytes:
    """The archive; the same words at the same moment give the same bytes."""
    texts = lernheft_markdown.files(document)
    texts[DATA] = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(name, clock.local(at).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8", "replace"))
    return content.getvalue()


def data(
    document: Document,
    course: Course,
    answers: Mapping[str, Saved],
    histories: Mapping[str, Sequence[Revision]],
    at: datetime,
    sheets: Sheets | None = None,
) -> dict[str, Any]:
    """Everything as Feldweg keeps it: the last version of each answer, and every version that ever arrived."""
    cover = document.cover
    return {
        "format": FORMAT,
        "name": cover.name,
        "kurs": {"kennung": course.slug, "titel": cover.course, "fassung": course.digest},
        "kohorte": cover.cohort,
        "erstellt": at.isoformat(),
        "antworten": [
            _answer(course, saved, histories.get(block_id, ()))
            for block_id, saved in _in_order(course, answers)
        ],
        "gruppenblaetter": [
            {
                "block": block_id,
                "gruppe": group,
                "gespeichert": saved.saved_at.isoformat(),
                "inhalt": saved.body,
            }
            for block_id, (group, saved) in sorted((sheets or {}).items())
        ],
    }


def _in_order(course: Course, answers: Mapping[str, Saved]) -> list[tuple[str, Saved]]:
    """In the order of the course; what it does not ask any more comes last."""
    places = {block.id: place for place, block in enumerate(course.blocks)}
    return sorted(answers.items(), key=lambda item: (places.get(item[0], len(places)), item[0]))


def _answer(course: Course, saved: Saved, history: Sequence[Revision]) -> dict[str, Any]:
    found = course.find_block(saved.block_id)
    return {
        "block": saved.block_id,
        "art": found[1].kind if found else None,
        "seite": found[0].title if found else None,
        "version": saved.version,
        "gespeichert": saved.saved_at.isoformat(),
        "erledigt": saved.done_at.isoformat() if saved.done_at else None,
        "inhalt": saved.body,
        "verlauf": [
            {
                "version": revision.version,
                "beruht_auf": revision.base_version,
                "gespeichert": revision.saved_at.isoformat(),
                "inhalt": revision.body,
            }
            for revision in history
        ],
    }
