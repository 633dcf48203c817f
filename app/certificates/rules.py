"""What a certificate is at a given time, and what a typed code may be. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from app.cohorts import codes

CODE_LENGTH = 20  # with its check digit; 19 random characters of 30 are 93 bits


class Status(StrEnum):
    """The word people see."""

    VALID = "gültig"
    REPLACED = "ersetzt"
    REVOKED = "widerrufen"


class CodeProblem(StrEnum):
    """Why a typed text can be no code of ours; told apart without asking the database."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check digit"


def status(*, replaced: bool, revoked: bool) -> Status:
    if replaced:
        return Status.REPLACED
    return Status.REVOKED if revoked else Status.VALID


def new_code() -> str:
    """Not to be guessed, and one wrong character is always found."""
    return codes.with_check_digit(codes.new_code(CODE_LENGTH - 1))


def code_problem(code: str) -> CodeProblem | None:
    """What is wrong with this normalised code; None if it may be one."""
    if not code:
        return CodeProblem.EMPTY
    if not codes.is_code(code, len(code)):
        return CodeProblem.CHARACTERS
    if len(code) != CODE_LENGTH:
        return CodeProblem.LENGTH
    return None if codes.has_valid_check_digit(code) else CodeProblem.CHECK_DIGIT


def number(year: int, count: int) -> str:
    """2026-0001"""
    return f"{year}-{count:04d}"


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{4,9}", text))


def valid_key(enrolment_id: int, kind: str) -> str:
    """Unique among all certificates that count."""
    return f"{enrolment_id}:{kind}"
