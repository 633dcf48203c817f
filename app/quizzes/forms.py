"""Reading what a block's form sent: tidy texts, items with stable ids, entries to prompts, German errors.

Nothing typed is dropped because of an error: the body of a Read holds everything, too long or too much as it
may be. Field names: `e<n>` the entry to the n-th prompt; `f-<key>` and `f-<key>-q` an entry to a question
that is no longer asked; `w-<id>`, `k-<id>`, `q-<id>` a wish, keyword, question; `last` the highest number of
those.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.course.model import Prompt
from app.quizzes.values import Body

TEXT_LENGTH = 10_000
LINE_LENGTH = 500
KEYWORD_LENGTH = 60
MOST_ITEMS = 200
_HIGHEST_ID = 99_999

Form = MultiDict[str, str]
Errors = dict[str, str]

_ITEM_ID = r"a[1-9][0-9]{0,4}"
_EARLIER = re.compile(r"f-[0-9a-f]{8}")
_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NUMBERS = (
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A form, read. `errors` by field name; `anchor`: where on the page to come back to, "": the block.

    `shared`: the person put this into the picture that all see (only for blocks with such a picture). `given`: what
    is handed over without a name; it is added to what others gave and kept nowhere else.
    """

    body: Body
    errors: Errors = field(default_factory=dict)
    done: bool = False
    anchor: str = ""
    shared: bool = False
    given: Body | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the form says about itself: the version it was typed on, the id the browser gave to this text."""

    client_id: str
    base_version: int


def envelope(form: Form) -> Envelope:
    """Whatever was sent: a usable envelope. Without a proper version it is as good as typed on nothing."""
    client_id = form.get("client_id", "")
    usable = _CLIENT_ID.fullmatch(client_id)
    return Envelope(client_id if usable else str(uuid.uuid4()), whole(form.get("version", ""), 2**31 - 1))


def is_explicit(form: Form) -> bool:
    """Whether a person pressed a button; a background save may be incomplete."""
    return "autosave" not in form


def is_first(form: Form) -> bool:
    """Whether nothing was saved when the form was made."""
    return envelope(form).base_version == 0


def whole(text: str, most: int) -> int:
    """A whole number from 0 to `most`; 0 for anything else."""
    return min(int(text), most) if re.fullmatch("[0-9]{1,12}", text) else 0


def tidy_text(text: str) -> str:
    """Several lines as typed, without characters that cannot be shown."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = _INVISIBLE.sub("", unix.encode("utf-8", "replace").decode("utf-8"))
    return unicodedata.normalize("NFC", shown).strip("\n").rstrip()


def tidy_line(text: str) -> str:
    """One line, single blanks."""
    return " ".join(tidy_text(text).split())


def read_entries(form: Form, prompts: Sequence[Prompt]) -> tuple[list[dict[str, str]], Errors]:
    """The entries to the prompts (also empty ones) and those to earlier questions (only while not empty)."""
    entries = [{"q": prompt.text, "a": tidy_text(form.get(f"e{n}", ""))} for n, prompt in enumerate(prompts)]
    errors = {f"e{n}": too_long(entry["a"], TEXT_LENGTH) for n, entry in enumerate(entries)}
    for name in [name for name in form if _EARLIER.fullmatch(name)][:MOST_ITEMS]:
        question = tidy_line(form.get(f"{name}-q", ""))[:TEXT_LENGTH]
        answer = tidy_text(form[name])
        if question and answer:
            entries.append({"q": question, "a": answer})
            errors[name] = too_long(answer, TEXT_LENGTH)
    return entries, only_real(errors)


def read_items(form: Form, prefix: str, length: int) -> tuple[list[dict[str, str]], Errors]:
    """Filled lines with their ids, in the order of the ids. Equal ones (but for capital letters) are one."""
    sent = [name for name in form if re.fullmatch(f"{prefix}-{_ITEM_ID}", name)]
    found = {name.removeprefix(f"{prefix}-"): tidy_line(form[name]) for name in sent}
    filled = sorted((key for key in found if found[key]), key=number)
    texts: dict[str, tuple[str, str]] = {}
    for key in filled:
        texts.setdefault(found[key].casefold(), (key, found[key]))
    items = [{"id": key, "text": text} for key, text in texts.values()]
    errors = {f"{prefix}-{item['id']}": too_long(item["text"], length) for item in items}
    if len(items) > MOST_ITEMS:  # nothing that was written is left out unsaid
        more = len(items) - MOST_ITEMS
        errors[f"{prefix}-{items[MOST_ITEMS]['id']}"] = (
            f"Hier ist Platz für {MOST_ITEMS} Einträge. Bitte leeren Sie {'einen' if more == 1 else more} davon."
        )
    return items, only_real(errors)


def number(key: str) -> int:
    """The number in an item's id."""
    return int(key[1:])


def last_number(form: Form, items: Iterable[Mapping[str, Any]]) -> int:
    """The highest number an item of this block ever had, so that no new one takes a removed one's place."""
    return max([whole(form.get("last", ""), _HIGHEST_ID), *(number(item["id"]) for item in items)])


def rows(items: Sequence[Mapping[str, Any]], last: int, empty: int) -> list[Mapping[str, Any]]:
    """The lines of a form: those that are filled, then `empty` ones with ids that were never used."""
    last = max([last, *(number(item["id"]) for item in items)])
    return [*items, *({"id": f"a{last + n}", "text": ""} for n in range(1, empty + 1))]


def only_real(errors: Mapping[str, str]) -> Errors:
    return {name: message for name, message in errors.items() if message}


def too_long(text: str, most: int) -> str:
    """A sentence if the text is longer than that, else ""."""
    if len(text) <= most:
        return ""
    return (
        f"Der Text hat {_dotted(len(text))} Zeichen, Platz ist für {_dotted(most)}. "
        f"Bitte kürzen Sie ihn um {_dotted(len(text) - most)} Zeichen."
    )


def in_words(count: int, ending: str = "") -> str:
    """Eins bis zwölf in words; `ending` for one: "ein" + "e"."""
    word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return word + ending if count == 1 else word


def wanted(minimum: int, maximum: int, noun: str, ending: str) -> str:
    """How many are asked for: "Drei bis zehn Schlagworte.", "Eine bis fünf Fragen."."""
    most = in_words(maximum, ending)
    count = most if minimum in (0, maximum) else f"{in_words(minimum, ending)} bis {most}"
    return f"{'Bis zu ' + count if minimum == 0 else count.capitalize()} {noun}."


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
