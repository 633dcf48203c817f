"""`wuensche`: lines of one's own, each for oneself or for the group. Fields: `w-<id>`, `t-<id>`, `last`."""

from __future__ import annotations

from typing import Any

from app.course.blocks.wuensche import Wishes
from app.quizzes.entries import Note
from app.quizzes.forms import LINE_LENGTH, Form, Read, in_words, last_number, read_items, rows
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

READERS = (("", "nur für mich"), ("gruppe", "mit der Gruppe teilen"))


def read(form: Form, block: Wishes) -> Read:
    lines, errors = read_items(form, "w", LINE_LENGTH)
    items = [{**line, "shared": form.get(f"t-{line['id']}") == "gruppe"} for line in lines]
    if len(items) > block.count:
        first = items[block.count]["id"]
        errors[f"w-{first}"] = (
            f"Hier ist Platz für {in_words(block.count, 'en')} "
            f"{'Wunsch' if block.count == 1 else 'Wünsche'}. Bitte kürzen Sie Ihre Liste."
        )
    return Read({"items": items, "last": last_number(form, items)}, errors, done=bool(items))


def context(block: Wishes, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    items, last = body.get("items", []), body.get("last", 0)
    return {"rows": rows(items, last, max(0, block.count - len(items))), "last": last, "readers": READERS}


def notes(block: Wishes, body: Body, learner: Learner) -> list[Note]:
    readers = {True: "mit der Gruppe geteilt", False: "nur für mich"}
    items = body.get("items", ())
    return [Note(block.prompt.html, item["text"], readers[bool(item.get("shared"))]) for item in items]


def fields(block: Wishes, body: Body, learner: Learner) -> list[FormField]:
    found = [FormField("last", "", str(body.get("last", 0)), hidden=True)]
    for item in body.get("items", ()):
        reader = "gruppe" if item.get("shared") else ""
        found.append(FormField(f"w-{item['id']}", block.prompt.text, item["text"]))
        found.append(FormField(f"t-{item['id']}", "Wer liest diese Zeile?", reader, options=READERS))
    return found


KIND = Kind(Wishes, "quizzes/blocks/wuensche.html", read, context, notes, fields)
