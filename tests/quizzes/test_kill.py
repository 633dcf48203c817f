"""A server killed in the middle of saving (kill -9) has lost nothing that was acknowledged, and nothing is half there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.extensions import db
from app.quizzes import service as quizzes
from app.quizzes.models import Answer, AnswerRevision
from tests.support.cast import Cast
from tests.support.databases import SERVER

ROOT = Path(__file__).parents[2]
KILLS = 6
ACKNOWLEDGED_BEFORE_A_KILL = 40


def save_until_killed(app: Flask, enrolment_id: int, first: int) -> list[int]:
    """The numbers that a saving process acknowledged before it was killed in the middle of its work."""
    settings = app.extensions["feldweg"].settings
    environment = os.environ | {"FELDWEG_DATA": str(settings.data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.saver", str(enrolment_id), str(first)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(ACKNOWLEDGED_BEFORE_A_KILL)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().splitlines()]
    return acknowledged


@pytest.mark.skipif(bool(SERVER), reason="what PostgreSQL has committed is PostgreSQL's own promise")
def test_nothing_acknowledged_is_lost(app: Flask, cast: Cast) -> None:
    acknowledged: list[int] = []
    for kill in range(KILLS):
        acknowledged += save_until_killed(app, cast.anna.enrolment_id, kill * 100_000)
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED_BEFORE_A_KILL
    with app.app_context():
        saved = quizzes.answers_of(cast.anna.enrolment_id)
        texts = {number: saved[f"kill-{number}"].body["entries"][0]["a"] for number in acknowledged}
        assert texts == {number: str(number) for number in acknowledged}
        answers = db.session.scalar(select(func.count()).select_from(Answer))
        revisions = db.session.scalar(select(func.count()).select_from(AnswerRevision))
        assert answers == revisions == len(saved)
        assert db.session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
