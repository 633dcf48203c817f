"""A block as a piece of a page: question, form, what was saved; and the page that shows two versions."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import current_app, render_template, request, url_for
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from app import clock
from app.accounts import letters
from app.cohorts.loaders import Here
from app.course.model import Block, Case, Course, Prompt, Sight
from app.quizzes.conflicts import choices
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Conflict, Contribution, Saved, Viewer
from app.web import german
from app.web.navigation import course_nav

_TEMPLATES = Path(__file__).parent / "templates"
_BLOCK_LEVEL = re.compile(r"<(?:p|ul|ol|dl|div|table|blockquote|pre|h[1-6]|figure)\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every block's form needs, whatever its kind."""

    block: Block
    action: str
    page: str
    owner: str
    version: int
    client_id: str
    saved_at: str
    errors: Mapping[str, str]
    course: Course
    cohort_id: int
    paper: bool = False
    panel: Markup | None = None
    mail_is_set: bool = False
    can_remind: bool = False  # whether a letter could reach this person

    def name(self, field: str) -> str:
        """The HTML id of a field, unique on the page."""
        return f"{self.block.id}-{field}"

    def link_to(self, page: str) -> str:
        """The address of a page named "module/page"."""
        module, _, slug = page.partition("/")
        return url_for("modules.page", cohort_id=self.cohort_id, module=module, page=slug)

    def title_of(self, page: str) -> str:
        """The title of a page named "module/page", "" if there is none."""
        found = self.course.find_page(*page.split("/", 1)) if "/" in page else None
        return found[1].title if found else ""

    @property
    def sheet(self) -> str:
        """The address of this block as a sheet of paper."""
        return url_for("modules.paper", cohort_id=self.cohort_id, block_id=self.block.id)

    def place_of(self, block: Block) -> str:
        """The address of another block."""
        return f"{block_page(self.course, self.cohort_id, block.id)}#{block.id}"


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """Where a small group's form goes to; drafts on the device are kept apart from one's own."""

    group_id: int
    cohort_id: int

    def framed(self, frame: Frame) -> Frame:
        """The frame of a form that the whole group fills in."""
        action = url_for(
            "modules.answer_in_group",
            cohort_id=self.cohort_id,
            group_id=self.group_id,
            block_id=frame.block.id,
        )
        return replace(frame, action=action, owner=f"{frame.owner}-gruppe-{self.group_id}")


def render_block(
    block: Block,
    here: Here,
    saved: Saved | None,
    learner: Learner,
    typed: Body | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    base_version: int | None = None,
    paper: bool = False,
    sheet: SmallGroup | None = None,
    panel: Markup | None = None,
) -> Markup:
    """The block for the person whose page it is (`here.enrolment`).

    After an invalid form: `typed` and `errors` from its Read, `base_version` from its envelope. `paper`: to be
    printed, so choices stand open. `sheet`: the small group that writes it. `panel`: what goes on here just now.
    """
    kind = kind_of(block)
    if typed is None and kind.by_attempt and request.args.get("neu") == block.id:
        typed = {}
    version = saved.version if saved else 0
    frame = _frame(block, here, saved, errors or {}, version if base_version is None else base_version)
    frame = replace(frame, paper=paper, panel=panel)
    if sheet:
        frame, block = sheet.framed(frame), replace(block, sight=Sight.SMALL_GROUP)
    values = kind.context(block, saved, learner, typed)
    template = _environment().get_template(kind.template)
    return Markup(template.render(block=block, frame=frame, **values))  # noqa: S704 - rendered with autoescape


def render_conflict(
    block: Block, here: Here, conflict: Conflict, learner: Learner, sheet: SmallGroup | None = None
) -> str:
    """The page on which a person sees both texts and says what shall be kept; answer with status 409."""
    kind = kind_of(block)
    frame = _frame(block, here, conflict.current, {}, conflict.current.version)
    current = kind.fields(block, conflict.current.body, learner)
    submitted = kind.fields(block, conflict.submitted, learner)
    page = _environment().get_template("quizzes/conflict.html")
    return render_template(
        page,
        frame=sheet.framed(frame) if sheet else frame,
        block=block,
        choices=[] if kind.by_attempt else choices(current, submitted),
        attempts=(current, submitted) if kind.by_attempt else None,
        course_nav=course_nav(here.cohort.id),
    )


def render_together(
    block: Block, here: Here, contributions: Sequence[Contribution], viewer: Viewer
) -> Markup:
    """What many wrote into a block, as one picture; "" for kinds without."""
    kind = kind_of(block)
    if kind.together is None:
        return Markup("")
    values = kind.together.context(block, contributions, viewer)
    template = _environment().get_template(kind.together.template)
    return Markup(template.render(block=block, viewer=viewer, here=here, **values))  # noqa: S704 - autoescaped


def form_values(block: Block, body: Body, learner: Learner) -> list[tuple[str, str]]:
    """What a person sees in the form that would send this body, for a script that compares it or fills it in."""
    fields = kind_of(block).fields(block, body, learner)
    return [(field.name, field.value) for field in fields if not field.hidden]


def block_page(course: Course, cohort_id: int, block_id: str) -> str:
    """The address of the page or case on which a block stands."""
    found = course.find_block(block_id)
    if found and isinstance(found[0], Case):
        return url_for("modules.case", cohort_id=cohort_id, slug=found[0].slug)
    for module, page in course.stations():
        if found and page is found[0]:
            return url_for("modules.page", cohort_id=cohort_id, module=module.slug, page=page.slug)
    return url_for("modules.way", cohort_id=cohort_id)


def in_one_line(prompt: Prompt) -> bool:
    """Whether a question may stand in a heading."""
    return _BLOCK_LEVEL.search(prompt.html) is None


def saved_label(saved: Saved | None, zone: str) -> str:
    """10:42; on later days: am 5. Juli 2026, 10:42 Uhr."""
    if saved is None:
        return ""
    if clock.local(saved.saved_at).date() == clock.today():
        return german.time(saved.saved_at, zone)
    return f"am {german.moment(saved.saved_at)}"


def _frame(block: Block, here: Here, saved: Saved | None, errors: Mapping[str, str], version: int) -> Frame:
    if here.enrolment is None:
        raise ValueError("only somebody who takes part has answers")
    return Frame(
        block=block,
        action=url_for("modules.answer", cohort_id=here.cohort.id, block_id=block.id),
        page=block_page(here.course, here.cohort.id, block.id),
        owner=str(here.enrolment.id),
        version=version,
        client_id=str(uuid.uuid4()),
        # An answer that was erased keeps its version, but nothing is saved in it any more.
        saved_at=saved_label(saved if saved and saved.body else None, here.cohort.time_zone),
        errors=errors,
        course=here.course,
        cohort_id=here.cohort.id,
        mail_is_set=letters.can_send(),
        can_remind=letters.can_send() and bool(here.enrolment.email),
    )


def _environment() -> Environment:
    """The application's templates and ours: a room without views has no blueprint that would offer them."""
    known: Environment | None = current_app.extensions.get("feldweg_quizzes")
    if known is None:
        own = current_app.jinja_env
        loaders = [FileSystemLoader(_TEMPLATES), *([own.loader] if own.loader else [])]
        known = own.overlay(loader=ChoiceLoader(loaders))
        known.tests["in_one_line"] = in_one_line
        current_app.extensions["feldweg_quizzes"] = known
    return known
