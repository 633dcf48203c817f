"""Who may open a participant's page, and what a browser sends from one: the same for every action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.support.cast import Cast

LEARNERS = {"nobody": 401, "frida": 404, "theo": 404, "tarek": 403, "olga": 403, "adam": 403, "anna": 200}
READERS = LEARNERS | {
    "tarek": 200,
    "olga": 200,
    "adam": 200,
}  # trainers and organisers may look at the course
Ask = Callable[[Any], Any]


def knock(client_for: Callable[..., Any], cast: Cast, ask: Ask) -> dict[str, int]:
    """Status of `ask(client)` by person; a redirect after a POST counts as 200."""
    found = {}
    for name in LEARNERS:
        status = ask(client_for(None if name == "nobody" else getattr(cast, name))).status_code
        found[name] = 200 if status == 303 else status
    return found


def course(cast: Cast, path: str = "") -> str:
    """An address in Anna's course."""
    return f"/kurs/{cast.nord}/{path}"


def words(tag: Tag | BeautifulSoup | None) -> str:
    """What a person reads there, with single blanks."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def form_of(page: BeautifulSoup, block_id: str) -> dict[str, str]:
    """What a browser would send from a block's form, untouched."""
    form = page.select_one(f'form[data-answer="{block_id}"]')
    assert form is not None, f"no form for {block_id}"
    found = {}
    for field in form.select("input, textarea, select"):
        if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            found[field["name"]] = chosen["value"] if chosen else ""
        else:
            found[field["name"]] = (
                field.text.removeprefix("\n") if field.name == "textarea" else field["value"]
            )
    return found
