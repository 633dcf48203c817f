"""`lernstopp`: one's own questions and keywords again, and a few prompts.

Fields: `e<n>`, `f-<key>`, `s-<question>` state, `n-<question>` new wording, `k-<id>` new keyword, `last`; the
button `bedacht` says that somebody paused without writing, and a hidden field goes on saying so.
"""

from __future__ import annotations

import re
from typing import Any

from app.course.blocks.lernfragen import OpeningQuestions
from app.course.blocks.lernstopp import ReflectionPoint
from app.quizzes import entries
from app.quizzes.entries import Note
from app.quizzes.forms import (
    KEYWORD_LENGTH,
    LINE_LENGTH,
    Errors,
    Form,
    Read,
    is_explicit,
    is_first,
    last_number,
    only_real,
    read_entries,
    read_items,
    rows,
    tidy_line,
    too_long,
)
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.kind_fields import entry_fields
from app.quizzes.learner import CHANGED, STATES, Learner, Question
from app.quizzes.values import Body, Saved

ACKNOWLEDGED = "Für mich bedacht, ohne Eintrag"
EMPTY_LINES = 3
_QUESTION_ID = re.compile(r"[a-z][a-z0-9-]{0,79}_a[1-9][0-9]{0,4}")
_MOST_QUESTIONS = 50
_EMPTY = f"Hier steht noch nichts. Wenn Sie nichts aufschreiben möchten, wählen Sie „{ACKNOWLEDGED}“."


def read(form: Form, block: ReflectionPoint) -> Read:
    written, errors = read_entries(form, block.prompts)
    keywords, keyword_errors = read_items(form, "k", KEYWORD_LENGTH)
    states, wording, wording_errors = _questions(form)
    body = {
        "entries": written,
        "states": states,
        "wording": wording,
        "keywords": keywords,
        "acknowledged": form.get("bedacht") == "ja",
        "last": last_number(form, keywords),
    }
    done = _written(body) or bool(body["acknowledged"])
    errors |= keyword_errors | wording_errors
    if not done and is_explicit(form) and is_first(form):
        errors["e0"] = _EMPTY
    return Read(body, errors, done)


def _written(body: Body) -> bool:
    return entries.any_text(body) or any(body.get(part) for part in ("states", "wording", "keywords"))


def _questions(form: Form) -> tuple[dict[str, str], dict[str, str], Errors]:
    """States and new wordings by question. Who words one anew without choosing a state has changed it."""
    sent = {name[2:] for name in form if name[:2] in ("s-", "n-")}
    names = sorted(filter(_QUESTION_ID.fullmatch, sent))[:_MOST_QUESTIONS]
    wording = {name: tidy_line(form.get(f"n-{name}", "")) for name in names}
    wording = {name: text for name, text in wording.items() if text}
    chosen = {name: form.get(f"s-{name}", "") for name in names}
    states = {name: state for name, state in chosen.items() if state in STATES}
    errors = {f"n-{name}": too_long(text, LINE_LENGTH) for name, text in wording.items()}
    return dict.fromkeys(wording, CHANGED) | states, wording, only_real(errors)


def context(
    block: ReflectionPoint, saved: Saved | None, learner: Learner, typed: Body | None
) -> dict[str, Any]:
    body = shown_body(saved, typed)
    own, last = body.get("keywords", []), body.get("last", 0)
    return {
        "questions": [_question(question, body, block.id) for question in learner.opening_questions],
        "states": tuple(STATES.items()),
        "changed": CHANGED,
        "asking_block": next((b for b in learner.course.blocks if isinstance(b, OpeningQuestions)), None),
        "keywords": [keyword.text for keyword in learner.keywords if keyword.block_id != block.id],
        "rows": rows(own, last, EMPTY_LINES),
        "last": last,
        "entries": entries.entries(block.prompts, body),
        "earlier": entries.earlier(block.prompts, body),
        "acknowledged": bool(saved and saved.body.get("acknowledged")),
        "written": _written(body),
        "counts": bool(saved and saved.done_at),
        "acknowledge_label": ACKNOWLEDGED,
    }


def _question(question: Question, body: Body, block_id: str) -> dict[str, Any]:
    """A question with what was said of it here, and before."""
    elsewhere = [entry for entry in question.thread[1:] if entry.block_id != block_id]
    newest = max(elsewhere, key=lambda entry: entry.at, default=None)
    wordings = [entry for entry in elsewhere if entry.text]
    return {
        "id": question.id,
        "text": question.text,
        "reworded": max(wordings, key=lambda entry: entry.at).text if wordings else "",
        "state": body.get("states", {}).get(question.id),
        "wording": body.get("wording", {}).get(question.id, ""),
        "before": newest and {"state": STATES[newest.state], "where": newest.where_title},
    }


def notes(block: ReflectionPoint, body: Body, learner: Learner) -> list[Note]:
    found = entries.notes(block.prompts, body)
    states = body.get("states", {})
    for question in learner.opening_questions:
        if question.id in states:
            reworded = body.get("wording", {}).get(question.id, "") if states[question.id] == CHANGED else ""
            found.append(Note("Stand Ihrer Frage", reworded or question.text, STATES[states[question.id]]))
    words = ", ".join(item["text"] for item in body.get("keywords", ()))
    found += [Note("Neue Schlagworte", words)] if words else []
    return found or ([Note("", ACKNOWLEDGED)] if body.get("acknowledged") else [])


def fields(block: ReflectionPoint, body: Body, learner: Learner) -> list[FormField]:
    found = entry_fields(block.prompts, body)
    found.append(FormField("last", "", str(body.get("last", 0)), hidden=True))
    found += [FormField("bedacht", "", "ja", hidden=True)] if body.get("acknowledged") else []
    options = (("", "noch nichts gewählt"), *STATES.items())
    texts = {question.id: question.text for question in learner.opening_questions}
    for name in dict.fromkeys([*texts, *body.get("states", {}), *body.get("wording", {})]):
        state, wording = body.get("states", {}).get(name, ""), body.get("wording", {}).get(name, "")
        label = texts.get(name, "Frühere Frage")
        found.append(FormField(f"s-{name}", f"Stand der Frage „{label}“", state, options=options))
        found.append(FormField(f"n-{name}", f"Neu gefasst: „{label}“", wording))
    keywords = body.get("keywords", ())
    return [*found, *(FormField(f"k-{item['id']}", "Schlagwort", item["text"]) for item in keywords)]


KIND = Kind(ReflectionPoint, "quizzes/blocks/lernstopp.html", read, context, notes, fields)
