"""`schlagworte`: the learner's own keywords. Fields: `k-<id>`, `shared` ("ja": into the picture), `last`."""

from __future__ import annotations

from typing import Any

from app.course.blocks.schlagworte import Keywords
from app.quizzes.entries import Note
from app.quizzes.forms import (
    KEYWORD_LENGTH,
    Form,
    Read,
    in_words,
    is_explicit,
    is_first,
    last_number,
    read_items,
    rows,
    wanted,
)
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

EMPTY_LINES = 10
PICTURE = (("", "nein"), ("ja", "ja, ohne Namen"))


def read(form: Form, block: Keywords) -> Read:
    items, errors = read_items(form, "k", KEYWORD_LENGTH)
    if is_explicit(form) and is_first(form) and len(items) < block.minimum:
        errors["k"] = _too_few(len(items), block.minimum)
    if len(items) > block.maximum:
        errors[f"k-{items[block.maximum]['id']}"] = (
            f"Hier ist Platz für {in_words(block.maximum)} "
            f"{_noun(block.maximum)}. Bitte streichen Sie {in_words(len(items) - block.maximum, 'es')}."
        )
    body = {"items": items, "shared": form.get("shared") == "ja", "last": last_number(form, items)}
    return Read(body, errors, done=len(items) >= max(block.minimum, 1))


def _too_few(count: int, minimum: int) -> str:
    missing = minimum - count
    verb = "fehlt" if missing == 1 else "fehlen"
    return (
        f"Bitte notieren Sie mindestens {in_words(minimum)} {_noun(minimum)}; "
        f"es {verb} noch {in_words(missing, 's')}."
    )


def _noun(count: int) -> str:
    return "Schlagwort" if count == 1 else "Schlagworte"


def context(block: Keywords, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    items, last = body.get("items", []), body.get("last", 0)
    return {
        "rows": rows(items, last, max(0, min(block.maximum - len(items), EMPTY_LINES))),
        "last": last,
        "wanted": wanted(block.minimum, block.maximum, _noun(block.maximum), ""),
        "shared": bool(body.get("shared")),
        "given": bool(saved and saved.body.get("shared")),
        "chips": [] if typed is not None or not saved or not saved.done_at else items,
    }


def notes(block: Keywords, body: Body, learner: Learner) -> list[Note]:
    words = ", ".join(item["text"] for item in body.get("items", ()))
    extra = "ohne Namen im Bild der Gruppe" if body.get("shared") else ""
    return [Note(block.prompt.html, words, extra)] if words else []


def fields(block: Keywords, body: Body, learner: Learner) -> list[FormField]:
    return [
        FormField("last", "", str(body.get("last", 0)), hidden=True),
        *(FormField(f"k-{item['id']}", "Schlagwort", item["text"]) for item in body.get("items", ())),
        FormField("shared", "Ins Bild der Gruppe?", "ja" if body.get("shared") else "", options=PICTURE),
    ]


KIND = Kind(Keywords, "quizzes/blocks/schlagworte.html", read, context, notes, fields)
