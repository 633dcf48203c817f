"""The frozen values a course consists of once it has been compiled.

Minutes are whole minutes; times of day are minutes since midnight. Every HTML string in here
was rendered from Markdown and sanitised, so templates may print it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar


class Sight(StrEnum):
    """Who may read what a learner writes into a block. SMALL_GROUP is nothing an author writes: a sheet becomes that
    when a small group works on it."""

    ONLY_ME = "nur-ich"
    TRAINER = "trainer"
    GROUP = "gruppe"
    SMALL_GROUP = "kleingruppe"


class PageKind(StrEnum):
    """What a station on the way is; decides its sign and how it is announced."""

    PAGE = "seite"
    WARM_UP = "einstieg"
    EXERCISE = "uebung"
    QUIZ = "fragen"
    REFLECTION = "lernstopp"
    CASE = "fall"


class SlotKind(StrEnum):
    """What a slot of a day plan is; only CONTENT counts as teaching time."""

    CONTENT = "inhalt"
    BREAK = "pause"
    LUNCH = "mittag"
    ORGANISATION = "organisation"
    GAP = "luecke"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an author should mend. `code` and `parameters` become a German sentence elsewhere."""

    path: str
    line: int
    code: str
    severity: Severity = Severity.ERROR
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of plain Markdown, rendered."""

    html: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """What all fenced blocks have in common; each kind extends it in `blocks/`."""

    kind: ClassVar[str]

    id: str
    sight: Sight = Sight.ONLY_ME
    minutes: int = 0
    title: str = ""
    line: int = 0
    group_work: bool = False  # whether small groups may write it together

    @property
    def together(self) -> bool:
        """Whether what several people write into it becomes one picture that all of them see."""
        return False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing a learner is asked to write about: `text` is plain (identifies the answer), `html` shown.

    The HTML of a single paragraph is without `<p>`, so that it may stand in a label or a legend.
    """

    text: str
    html: str


Part = Prose | Block


@dataclass(frozen=True, kw_only=True)
class Page:
    """A station on the way: a reading page, a warm-up, a quiz, a Lernstopp, a case."""

    slug: str
    title: str
    minutes: int
    core: bool
    kind: PageKind
    parts: tuple[Part, ...]
    path: str
    terms: tuple[str, ...] = ()  # slugs of the glossary terms it uses, in the order of their first use

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(part for part in self.parts if isinstance(part, Block))


@dataclass(frozen=True, kw_only=True)
class Case(Page):
    """A practice case, offered along the modules it names."""

    role: str
    setting: str
    difficulty: str
    modules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Module:
    slug: str
    title: str
    minutes: int
    goals: tuple[str, ...]
    pages: tuple[Page, ...]
    number: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One entry of an authored day plan; `start` and `end` in minutes since midnight, local time."""

    start: int
    end: int
    kind: SlotKind
    title: str
    modules: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def content_minutes(self) -> int:
        return self.minutes if self.kind is SlotKind.CONTENT else 0


@dataclass(frozen=True, kw_only=True)
class PlanDay:
    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, kw_only=True)
class DayPlan:
    id: str
    title: str
    note: str
    days: tuple[PlanDay, ...]
    core: bool = False  # made for the core pages: proposed to cohorts that take this plan
    line: int = field(default=0, compare=False)

    @property
    def content_minutes(self) -> int:
        return sum(slot.content_minutes for day in self.days for slot in day.slots)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A glossary entry; `html` as the glossary shows it, `page_html` with the addresses a page needs."""

    slug: str
    term: str
    html: str
    page_html: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A work of the bibliography, with how sure we are of it ("hoch", "mittel", "keine")."""

    key: str
    short: str
    full: str
    second_hand: bool
    confidence: str
    note: str


@dataclass(frozen=True, kw_only=True)
class RuleProposal:
    """What the course proposes for the Teilnahmebescheinigung.

    `attendance_percent`: share of planned teaching units, 0–100.
    `reflections`: "besuchte-module", "alle" or "keine".
    """

    attendance_percent: int = 80
    reflections: str = "besuchte-module"


@dataclass(frozen=True, kw_only=True)
class Course:
    slug: str
    title: str
    subtitle: str
    description: str
    unit_minutes: int
    goals: tuple[str, ...]
    contents: tuple[str, ...]
    modules: tuple[Module, ...]
    cases: tuple[Case, ...]
    day_plans: tuple[DayPlan, ...]
    glossary: tuple[Term, ...]
    bibliography: tuple[Reference, ...]
    rule: RuleProposal
    digest: str
    media: frozenset[str] = field(default_factory=frozenset)

    def stations(self) -> Iterator[tuple[Module, Page]]:
        """Every page along the way, in order, with its module (cases are not on the way)."""
        for module in self.modules:
            for page in module.pages:
                yield module, page

    @cached_property
    def _pages(self) -> dict[tuple[str, str], tuple[Module, Page]]:
        return {(module.slug, page.slug): (module, page) for module, page in self.stations()}

    @cached_property
    def _blocks(self) -> dict[str, tuple[Page, Block]]:
        pages = [page for _, page in self.stations()] + list(self.cases)
        return {block.id: (page, block) for page in pages for block in page.blocks}

    def find_module(self, slug: str) -> Module | None:
        return next((module for module in self.modules if module.slug == slug), None)

    def find_page(self, module_slug: str, page_slug: str) -> tuple[Module, Page] | None:
        return self._pages.get((module_slug, page_slug))

    def find_case(self, slug: str) -> Case | None:
        return next((case for case in self.cases if case.slug == slug), None)

    def find_block(self, block_id: str) -> tuple[Page, Block] | None:
        """The block with this id and the page (or case) it stands on."""
        return self._blocks.get(block_id)

    @cached_property
    def _terms(self) -> dict[str, Term]:
        return {term.slug: term for term in self.glossary}

    def find_term(self, slug: str) -> Term | None:
        return self._terms.get(slug)

    def find_day_plan(self, plan_id: str) -> DayPlan | None:
        return next((plan for plan in self.day_plans if plan.id == plan_id), None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the way, then those of the cases."""
        return tuple(block for _, block in self._blocks.values())
