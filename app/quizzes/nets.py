"""Nets as bodies keep them and as pictures need them: nodes by name, links between two, steps along them. Pure."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.course.blocks.netz import LinkKind, Net
from app.quizzes.values import Body

STRENGTHS = ("schwach", "mittel", "stark", "belastet")


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two nodes. `texts` are the sentences about it, `strengths` what was said about how strong it is."""

    ends: tuple[str, str]
    texts: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()

    @property
    def strength(self) -> str:
        """The one most people named; of equals the stronger word of care: belastet before stark."""
        counted = Counter(self.strengths)
        return max(counted, key=lambda word: (counted[word], STRENGTHS.index(word)), default="")

    @property
    def sentence(self) -> str:
        """The link in words."""
        return f"{self.ends[0]} – {self.ends[1]}"

    @property
    def remark(self) -> str:
        """What was said about it: "stark" or, of several, "stark (2), mittel (1)"; else the sentences."""
        counted = Counter(self.strengths)
        if len(self.strengths) == 1:
            return self.strengths[0]
        return ", ".join(f"{word} ({counted[word]})" for word in STRENGTHS if counted[word])


@dataclass(frozen=True, slots=True)
class Web:
    """A whole net: names in the order they came up, links, marked names with how often they were marked."""

    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    marks: Mapping[str, int]


def own_nodes(body: Body) -> list[dict[str, str]]:
    return list(body.get("nodes", ()))


def links(body: Body) -> list[dict[str, str]]:
    return list(body.get("links", ()))


def is_whole(link: Mapping[str, str]) -> bool:
    """Whether a link has two ends that are not the same node."""
    return bool(link["from"] and link["to"]) and link["from"].casefold() != link["to"].casefold()


def web(given: Sequence[str], bodies: Iterable[Body], more: Sequence[str] = ()) -> Web:
    """One net made of what the course gives and of these bodies; equal names are one node. `more` comes last."""
    bodies = list(bodies)
    names: dict[str, str] = {}
    found: dict[frozenset[str], Link] = {}
    marks: Counter[str] = Counter()
    for name in (*given, *_names(bodies), *more):
        names.setdefault(name.casefold(), name)
    for body in bodies:
        marks.update({name.casefold() for name in body.get("marks", ()) if name.casefold() in names})
        for link in filter(is_whole, links(body)):
            _add(found, link, names)
    return Web(tuple(names.values()), tuple(found.values()), {names[key]: n for key, n in marks.items()})


def _names(bodies: Iterable[Body]) -> Iterable[str]:
    for body in bodies:
        yield from (node["text"] for node in own_nodes(body))
        for link in links(body):
            yield from filter(None, (link["from"], link["to"]))
        yield from body.get("marks", ())


def _add(found: dict[frozenset[str], Link], link: Mapping[str, str], names: Mapping[str, str]) -> None:
    start, end = link["from"].casefold(), link["to"].casefold()
    before = found.get(frozenset((start, end)), Link((names[start], names[end])))
    texts = (*before.texts, link.get("text", "")) if link.get("text") else before.texts
    strength = link.get("strength", "")
    strengths = (*before.strengths, strength) if strength in STRENGTHS else before.strengths
    found[frozenset((start, end))] = Link(before.ends, tuple(dict.fromkeys(texts)), strengths)


def path(net: Web, start: str, end: str) -> list[str] | None:
    """The shortest way from one node to another, both included; None if no links lead there."""
    beside: dict[str, list[str]] = {}
    for link in net.links:
        one, other = link.ends
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    came_from: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and end not in came_from:
        here = waiting.popleft()
        for there in beside.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if end not in came_from:
        return None
    way = [end]
    while came_from[way[-1]]:
        way.append(came_from[way[-1]])
    return way[::-1]


def alone(net: Web) -> list[str]:
    """The nodes no link leads to."""
    linked = {end for link in net.links for end in link.ends}
    return [name for name in net.nodes if name not in linked]


def by_strength(block: Net) -> bool:
    return block.link is LinkKind.STRENGTH
