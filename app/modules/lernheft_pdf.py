"""The Lernheft as PDF (PDF/UA-1)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

from app.modules.takeaway import Document
from app.web import typeset
from app.web.typeset import Printed

_TEMPLATE = Path(__file__).parent / "lernheft.typ"


def typeset_document(document: Document) -> Printed:
    """The same words on the same day give the same bytes."""
    cover = document.cover
    data = asdict(document) | {"day": cover.day, "on": [cover.on.year, cover.on.month, cover.on.day]}
    data["cover"].pop("on")
    noon = datetime.combine(cover.on, time(12), tzinfo=UTC)
    return typeset.document(_TEMPLATE, {"data": json.dumps(data, ensure_ascii=False)}, ["ua-1"], noon)
