"""Bodies as rows keep them: sealed for one person's answer to one block."""

from __future__ import annotations

import json

from flask import current_app

from app.quizzes.values import Body
from app.sealing import Sealer


def seal(body: Body, enrolment_id: int, block_id: str) -> bytes:
    return _sealer().seal(json.dumps(body), _context(enrolment_id, block_id))


def opened(sealed: bytes, enrolment_id: int, block_id: str) -> Body:
    body: Body = json.loads(_sealer().open(sealed, _context(enrolment_id, block_id)))
    return body


def _context(enrolment_id: int, block_id: str) -> str:
    return f"answer:{enrolment_id}:{block_id}"


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["feldweg"].sealer
    return sealer
