"""A course with blocks of every sight, and people who write into them, for trainers' and participants' pages."""

from __future__ import annotations

from typing import Any

from tests.modules.doors import course, form_of

PAGE = "ankommen/schauen"
ADDRESS = f"seite/{PAGE}"
BLOCK = """
::: freitext {{#f-{name}{sight}}}
## Titel {name}
- Was sehen Sie zuerst?
- Was übersehen Sie leicht?
:::
"""
PRIVATE, TO_TRAINER, TO_GROUP = "Kanarienvogel privat", "Kanarienvogel Trainer", "Kanarienvogel Gruppe"


def page(**sights: str) -> dict[str, str]:
    """The page with a block for each name; the sight is "" for none."""
    blocks = "".join(
        BLOCK.format(name=name, sight=f" sicht={sight}" if sight else "") for name, sight in sights.items()
    )
    return {f"{PAGE}.md": f"---\ntitel: Schauen\nminuten: 12\n---\nHier.\n{blocks}"}


ALL = page(ohne="", ich="nur-ich", trainer="trainer", gruppe="gruppe")


def type_into(client: Any, cast: Any, block: str, *texts: str) -> None:
    """Save a block as a browser does, over what is there."""
    form = form_of(client.soup(course(cast, ADDRESS)), block)
    sent = form | {f"e{n}": text for n, text in enumerate(texts)}
    assert client.post_form(course(cast, f"antwort/zu/{block}"), sent).status_code == 303


def everybody_writes(client_for: Any, cast: Any) -> None:
    """Anna and Bela write into every block of ALL."""
    for person in (cast.anna, cast.bela):
        client = client_for(person)
        for block, text in (
            ("f-ohne", PRIVATE), ("f-ich", PRIVATE), ("f-trainer", TO_TRAINER), ("f-gruppe", TO_GROUP),
        ):  # fmt: skip
            type_into(client, cast, block, f"{text} {person.name}", "")
