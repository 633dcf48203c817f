"""`planspiel`: scenes with choices that have consequences; a scene without choices is an ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.course.arrows import has_arrow, name_of, sides
from app.course.block_reading import BlockContext, BlockKind, first_index, key_of, of_kind
from app.course.model import Block
from app.course.pieces import Piece, PieceKind, as_written, item_and_quote, pieces_of
from app.course.render import plain
from app.course.text import folded, nearest, text_of

SCENE_LEVEL = 2
MOST_SCENES = 60
MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """Something one may do in a scene; `target` is the title of the scene it leads to."""

    key: str
    text: str
    target: str
    consequence_html: str


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    html: str
    choices: tuple[Choice, ...]
    line: int

    @property
    def is_ending(self) -> bool:
        return not self.choices


@dataclass(frozen=True, kw_only=True)
class Simulation(Block):
    """The first of the `scenes` is the beginning. They are told apart by their titles."""

    kind: ClassVar[str] = "planspiel"

    intro_html: str
    scenes: tuple[Scene, ...]

    def scene(self, title: str) -> Scene | None:
        return next((scene for scene in self.scenes if scene.title == title), None)


def _parse(context: BlockContext) -> Simulation:
    intro: list[Piece] = []
    headings: list[Piece] = []
    contents: list[list[Piece]] = []
    for piece in pieces_of(context.raw.body):
        if piece.kind is PieceKind.HEADING and piece.level == SCENE_LEVEL:
            headings.append(piece)
            contents.append([])
        elif contents:
            contents[-1].append(piece)
        else:
            intro.append(piece)
    titles = [_title(heading) for heading in headings]
    _check_titles(context, headings, titles)
    by_words = {folded(title).casefold(): title for title in titles}
    reader = _SceneReader(context, by_words)
    scenes = [reader.scene(*pair) for pair in zip(headings, contents, strict=True)]
    _check_ways(context, scenes)
    return Simulation(**context.common, intro_html=context.html(as_written(intro)), scenes=tuple(scenes))


def _check_titles(context: BlockContext, headings: Sequence[Piece], titles: Sequence[str]) -> None:
    if len(headings) < 2:
        context.findings.error("scenes_missing", context.line)
    if len(headings) > MOST_SCENES:
        context.findings.error("scenes_too_many", context.line, count=len(headings), most=MOST_SCENES)
    seen: set[str] = set()
    for heading, title in zip(headings, titles, strict=True):
        if not title:
            context.findings.error("scene_untitled", heading.line)
        elif title.casefold() in seen:
            context.findings.error("scene_twice", heading.line, text=title[:60])
        seen.add(title.casefold())


@dataclass(frozen=True)
class _SceneReader:
    """Reads scenes whose choices lead to one of the titles in `by_words`."""

    context: BlockContext
    by_words: Mapping[str, str]

    def scene(self, heading: Piece, content: Sequence[Piece]) -> Scene:
        title = _title(heading)
        start = first_index(content, PieceKind.ITEM)
        has_choices = any(has_arrow(item.lines) for item in of_kind(content, PieceKind.ITEM))
        # In an ending a list is only a list.
        text = as_written(content[:start] if has_choices else content)
        if not plain(text):
            self.context.findings.error("scene_empty", heading.line, text=title[:60])
        choices = self._choices(content, start, title) if has_choices else ()
        return Scene(title, self.context.html(text), choices, heading.line)

    def _choices(self, content: Sequence[Piece], start: int, title: str) -> tuple[Choice, ...]:
        self.context.refuse_text_after(content, start)
        items = of_kind(content[start:], PieceKind.ITEM)
        for piece in content[start:]:
            if piece.kind is PieceKind.QUOTE:
                self.context.findings.error("consequence_not_indented", piece.line)
        if len(items) > MOST_CHOICES:
            self.context.findings.error(
                "choices_too_many", items[0].line, text=title[:60], count=len(items), most=MOST_CHOICES
            )
        found: dict[str, Choice] = {}
        for item in items:
            choice = self._choice(item)
            if choice and choice.text in found:
                self.context.findings.error("choice_twice", item.line, text=choice.text[:60])
            if choice:
                found.setdefault(choice.text, choice)
        return tuple(found.values())

    def _choice(self, item: Piece) -> Choice | None:
        own, consequence = item_and_quote(item)
        pair = sides(own)
        if pair is None:
            self.context.findings.error("choice_malformed", item.line)
            return None
        text, named = map(name_of, pair)
        target = self.by_words.get(folded(named).casefold())
        if target is None:
            titles = self.by_words.values()
            self.context.findings.error(
                "scene_unknown", item.line, text=named[:60], nearest=nearest(named, titles)
            )
        return Choice(key_of(text), text, target or named, self.context.html(consequence))


def _title(heading: Piece) -> str:
    return name_of(text_of(heading.lines))


def _check_ways(context: BlockContext, scenes: Sequence[Scene]) -> None:
    """Every scene can be reached, and from every scene an ending; asked when every choice leads somewhere."""
    titles = {scene.title for scene in scenes}
    if not 2 <= len(scenes) <= MOST_SCENES or any(
        choice.target not in titles for scene in scenes for choice in scene.choices
    ):
        return
    if scenes[0].is_ending:
        context.findings.error("scene_first_without_choice", scenes[0].line)
        return
    endings = {scene.title for scene in scenes if scene.is_ending}
    if not endings:
        context.findings.error("scenes_without_ending", context.line)
    onward = {scene.title: {choice.target for choice in scene.choices} for scene in scenes}
    backward = {title: {one for one, targets in onward.items() if title in targets} for title in onward}
    met, saved = _reached(scenes[:1], onward), _reached([s for s in scenes if s.is_ending], backward)
    for scene in scenes:
        if scene.title not in met:
            context.findings.error("scene_unreachable", scene.line, text=scene.title[:60])
        elif endings and scene.title not in saved:
            context.findings.error("scene_without_way_out", scene.line, text=scene.title[:60])


def _reached(begin: Iterable[Scene], ways: Mapping[str, set[str]]) -> set[str]:
    """The titles one comes to from these scenes along `ways`."""
    met: set[str] = set()
    waiting = [scene.title for scene in begin]
    while waiting:
        title = waiting.pop()
        if title not in met:
            met.add(title)
            waiting += ways.get(title, set())
    return met


KIND = BlockKind(Simulation.kind, _parse)
