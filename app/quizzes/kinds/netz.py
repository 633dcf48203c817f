"""`netz`: nodes and links in rows, drawn as a picture.

Fields: `k-<id>` a node of one's own, `v-<id>` and `n-<id>` the ends of a link, `s-<id>` its sentence or strength,
`m-<id or key>` a mark, `o-<key>` leaves out a node that was given (`q-<key>`: its name),
`von` and `bis` for the steps between two nodes, `pf` the link to be tended, `last`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from app.course.block_reading import key_of
from app.course.blocks.netz import Net
from app.quizzes import net_drawing, nets
from app.quizzes.entries import Note
from app.quizzes.forms import (
    KEYWORD_LENGTH,
    LINE_LENGTH,
    MOST_ITEMS,
    Errors,
    Form,
    Read,
    is_explicit,
    is_first,
    last_number,
    number,
    only_real,
    read_items,
    rows,
    tidy_line,
    too_long,
)
from app.quizzes.kind import FormField, Kind, Together, shown_body
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

EMPTY_NODES, EMPTY_LINKS = 2, 3
NAME_LENGTH = 80
_LINK = re.compile(r"[vns]-(a[1-9][0-9]{0,4})")
_EMPTY_LINK = {"from": "", "to": "", "text": "", "strength": ""}


def read(form: Form, block: Net) -> Read:
    nodes, errors = read_items(form, "k", NAME_LENGTH)
    links, wrong = _links(form, block, nodes)
    body = {
        "nodes": nodes,
        "links": links,
        "marks": _named(form, block, nodes, "m") if block.mark else [],
        "left_out": _named(form, block, [], "o"),
        "way": [tidy_line(form.get(name, ""))[:NAME_LENGTH] for name in ("von", "bis")]
        if block.distance
        else ["", ""],
        "tend": form.get("pf", "") if any(form.get("pf") == link["id"] for link in links) else "",
        "last": last_number(form, [*nodes, *links]),
    }
    done = bool(nodes or links or body["marks"])
    if not done and is_explicit(form) and is_first(form):
        errors["k-a1"] = "Hier steht noch nichts. Beginnen Sie mit einem Knoten oder einer Verbindung."
    anchor = f"{block.id}-abstand" if form.get("abstand") else ""
    return Read(body, errors | wrong, done, anchor, shared=done)


def _links(form: Form, block: Net, nodes: list[dict[str, str]]) -> tuple[list[dict[str, str]], Errors]:
    """Every link with something in it. A node that was just renamed keeps its links."""
    ids = {match[1] for name in form if (match := _LINK.fullmatch(name))}
    renamed = {tidy_line(form.get(f"w-{node['id']}", "")).casefold(): node["text"] for node in nodes}
    found: list[dict[str, str]] = []
    errors: Errors = {}
    for name in sorted(ids, key=number):
        link = _link(form, block, name)
        for end in ("from", "to"):
            link[end] = renamed.get(link[end].casefold(), link[end]) if link[end] else ""
        if any(link.get(part) for part in _EMPTY_LINK):
            found.append(link)
            errors |= _link_errors(link, explicit=is_explicit(form))
    return found, errors | _too_many(found)


def _too_many(links: list[dict[str, str]]) -> Errors:
    """Nothing that was written is left out unsaid."""
    more = len(links) - MOST_ITEMS
    if more <= 0:
        return {}
    rows = "eine davon" if more == 1 else f"{more} davon"
    return {
        f"v-{links[MOST_ITEMS]['id']}": f"Hier ist Platz für {MOST_ITEMS} Verbindungen. Bitte leeren Sie {rows}."
    }


def _link(form: Form, block: Net, name: str) -> dict[str, str]:
    said = tidy_line(form.get(f"s-{name}", ""))
    strength = said if nets.by_strength(block) and said in nets.STRENGTHS else ""
    text = "" if nets.by_strength(block) else said
    start, end = (tidy_line(form.get(f"{part}-{name}", "")) for part in "vn")
    return {"id": name, "from": start, "to": end, "text": text, "strength": strength}


def _link_errors(link: dict[str, str], *, explicit: bool) -> Errors:
    name = link["id"]
    errors = {
        f"v-{name}": too_long(link["from"], NAME_LENGTH),
        f"n-{name}": too_long(link["to"], NAME_LENGTH),
        f"s-{name}": too_long(link["text"], LINE_LENGTH),
    }
    if explicit and not (link["from"] and link["to"]):
        missing = "v" if not link["from"] else "n"
        errors[f"{missing}-{name}"] = (
            "Zu einer Verbindung gehören zwei Knoten. Ergänzen Sie den zweiten, oder leeren Sie die Zeile."
        )
    elif explicit and not nets.is_whole(link):
        errors[f"n-{name}"] = (
            f"„{link['to'][:60]}“ ist mit sich selbst verbunden. Wählen Sie einen anderen Knoten."
        )
    return only_real(errors)


def _named(form: Form, block: Net, nodes: list[dict[str, str]], tick: str) -> list[str]:
    """The names of the nodes with this tick; those of keywords and links are sent along as `q-<key>`."""
    own = [node["text"] for node in nodes if form.get(f"{tick}-{node['id']}") == "ja"]
    given = [name for name in block.nodes if form.get(f"{tick}-{key_of(name)}") == "ja"]
    known = {key_of(name) for name in block.nodes}
    others = [
        tidy_line(form.get(f"q-{name[2:]}", ""))[:NAME_LENGTH]
        for name in form
        if re.fullmatch(f"{tick}-[0-9a-f]{{8}}", name) and name[2:] not in known and form[name] == "ja"
    ]
    return [*given, *filter(None, others), *own][:MOST_ITEMS]


def _keywords(block: Net, learner: Learner) -> list[str]:
    return [word.text[:KEYWORD_LENGTH] for word in learner.keywords] if block.keywords else []


def context(block: Net, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    nodes, links, last = nets.own_nodes(body), nets.links(body), body.get("last", 0)
    last = max([last, *(number(each["id"]) for each in (*nodes, *links))])
    own = rows(nodes, last, EMPTY_NODES)
    web, offered = _web(block, body, learner), [*block.nodes, *_keywords(block, learner)]
    shown = {node["text"].casefold() for node in nodes}
    all_names = {name.casefold(): name for name in (*offered, *web.nodes)}
    return {
        "web": web,
        "picture": net_drawing.draw(web),
        "others": [(key_of(name), name) for key, name in all_names.items() if key not in shown],
        "offered": {name.casefold() for name in offered},
        "left_out": {name.casefold() for name in body.get("left_out", ())},
        "marked": {name.casefold() for name in body.get("marks", ())},
        "nodes": own,
        "links": links,
        "new_links": [{"id": f"a{last + EMPTY_NODES + n}", **_EMPTY_LINK} for n in range(1, EMPTY_LINKS + 1)],
        "whole": [link for link in links if nets.is_whole(link)],
        "strengths": nets.STRENGTHS if nets.by_strength(block) else (),
        "steps": _steps(web, body),
        "way": body.get("way", ["", ""]),
        "tend": body.get("tend", ""),
        "last": last,
    }


def _web(block: Net, body: Body, learner: Learner) -> nets.Web:
    """One's own net: what was given and not left out, what was written, keywords."""
    gone = {name.casefold() for name in body.get("left_out", ())}
    given = [name for name in block.nodes if name.casefold() not in gone]
    more = [word for word in _keywords(block, learner) if word.casefold() not in gone]
    return nets.web(given, [body], more)


def _steps(web: nets.Web, body: Body) -> dict[str, Any]:
    """The way between the two chosen nodes: its nodes, how many steps, and a sentence."""
    names = {name.casefold(): name for name in web.nodes}
    start, end = (names.get(name.casefold(), "") for name in body.get("way", ["", ""]))
    if not start or not end:
        return {"words": "", "nodes": []}
    way = nets.path(web, start, end)
    if way is None:
        return {"words": f"Von „{start}“ führt noch keine Verbindung zu „{end}“.", "nodes": []}
    count = len(way) - 1
    if count == 0:
        return {"words": "Das ist derselbe Knoten. Wählen Sie zwei verschiedene.", "nodes": []}
    steps = "ein Schritt" if count == 1 else f"{count} Schritte"
    return {"words": f"Von „{start}“ zu „{end}“: {steps}.", "nodes": way}


def notes(block: Net, body: Body, learner: Learner) -> list[Note]:
    web = nets.web((), [body])
    lines = [_line(link) for link in nets.links(body)]
    found = [Note(block.prompt.html, "\n".join(lines))] if lines else []
    loose = [node["text"] for node in nets.own_nodes(body) if node["text"] in nets.alone(web)]
    found += [Note("Knoten ohne Verbindung", ", ".join(loose))] if loose else []
    found += [Note(escape(block.mark), ", ".join(body["marks"]))] if block.mark and body.get("marks") else []
    tended = [_line(link) for link in nets.links(body) if link["id"] == body.get("tend")]
    found += [Note(escape(block.tend), tended[0])] if block.tend and tended else []
    steps = _steps(web, body)
    words = steps["words"] + (f" {' – '.join(steps['nodes'])}" if steps["nodes"] else "")
    return found + ([Note("Abstand", words)] if block.distance and words else [])


def _line(link: dict[str, str]) -> str:
    ends = f"{link['from'] or '…'} – {link['to'] or '…'}"
    said = link.get("text") or link.get("strength")
    return f"{ends}: {said}" if said else ends


def fields(block: Net, body: Body, learner: Learner) -> list[FormField]:
    nodes, links = nets.own_nodes(body), nets.links(body)
    found = [FormField("last", "", str(body.get("last", 0)), hidden=True)]
    found += [FormField(f"k-{node['id']}", "Knoten", node["text"]) for node in nodes]
    for link in links:
        name, label = link["id"], f"Verbindung {_line(link)}"
        found += [
            FormField(f"v-{name}", f"{label}: von", link["from"]),
            FormField(f"n-{name}", f"{label}: zu", link["to"]),
        ]
        if nets.by_strength(block):
            words = tuple((word, word) for word in ("", *nets.STRENGTHS))
            found.append(FormField(f"s-{name}", f"{label}: Stärke", link.get("strength", ""), options=words))
        else:
            found.append(FormField(f"s-{name}", f"{label}: Satz", link.get("text", "")))
    found += _tick_fields(block, body, learner)
    if block.distance:
        way = body.get("way", ["", ""])
        found += [FormField("von", "Abstand von", way[0]), FormField("bis", "Abstand bis", way[1])]
    if block.tend:
        choices = (("", "noch keine"), *((link["id"], _line(link)) for link in links))
        found.append(FormField("pf", block.tend, body.get("tend", ""), options=choices))
    return found


def _tick_fields(block: Net, body: Body, learner: Learner) -> list[FormField]:
    """Which nodes are marked or left out, each with its name where the form needs it."""
    ids = {node["text"].casefold(): node["id"] for node in nets.own_nodes(body)}
    marked, gone = ({name.casefold() for name in body.get(part, ())} for part in ("marks", "left_out"))
    names = [*block.nodes, *_keywords(block, learner), *nets.web((), [body]).nodes, *body.get("left_out", ())]
    found: list[FormField] = []
    for folded, name in {name.casefold(): name for name in reversed(names)}.items():
        own, key = ids.get(folded), key_of(name)
        found += [] if own else [FormField(f"q-{key}", "", name, hidden=True)]
        if block.mark:
            found.append(_tick(f"m-{own or key}", f"{name}: {block.mark}", folded in marked))
        if not own:
            found.append(_tick(f"o-{key}", f"{name}: weglassen", folded in gone))
    return found


def _tick(name: str, label: str, is_set: bool) -> FormField:
    return FormField(name, label, "ja" if is_set else "", options=(("", "nein"), ("ja", "ja")))


KIND = Kind(
    Net,
    "quizzes/blocks/netz.html",
    read,
    context,
    notes,
    fields,
    assets=("css/boards.css", "js/boards.js"),
    together=Together("quizzes/together/netz.html", net_drawing.together),
)
