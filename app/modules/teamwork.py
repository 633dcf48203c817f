"""A person's small group at a station: whose sheet a block is, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template
from markupsafe import Markup

from app.cohorts.loaders import Here
from app.course.model import Block, Page
from app.groups import service as groups
from app.groups.service import Mine
from app.modules import stations
from app.quizzes.entries import Note
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Learner
from app.quizzes.rendering import SmallGroup
from app.quizzes.values import Saved


@dataclass(frozen=True, slots=True)
class Team:
    """What somebody's group at a page is, if there is one (`joinable`: one could still join one)."""

    mine: Mine | None = None
    joinable: bool = False
    station: str = ""

    def sheet(self, here: Here, block: Block) -> SmallGroup | None:
        """Where the group's form goes, if this block is the group's."""
        if self.mine is None or not block.group_work:
            return None
        return SmallGroup(self.mine.group.id, here.cohort.id)

    def saved(self, block: Block) -> Saved | None:
        """What the group has written into it."""
        return self.mine.sheets.get(block.id) if self.mine else None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody did not get into a group at this block, or out of it, and the code they typed."""

    block_id: str
    sentence: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Teams:
    """All groups of a person by station."""

    by_station: Mapping[str, Mine] = field(default_factory=dict)

    def sheets(self) -> dict[str, tuple[str, Saved]]:
        """By block: the name of the group and what it wrote."""
        return {
            block_id: (mine.group.name, saved)
            for mine in self.by_station.values()
            for block_id, saved in mine.sheets.items()
        }


def teams_of(here: Here) -> Teams:
    """The groups of the person who looks; none for a preview or a course without group work."""
    if here.enrolment is None or not here.enrolment.id or not any(map(groups.gathers, here.course.blocks)):
        return Teams()
    return Teams(groups.of_person(here.enrolment.id))


def team_at(here: Here, page: Page) -> Team:
    """The person's group on this page; no statement for a page without group work."""
    gathering = [block for block in page.blocks if groups.gathers(block)]
    if not gathering or here.enrolment is None or not here.enrolment.id:
        return Team()
    station = _station(here, gathering[0])
    mine = groups.of_person(here.enrolment.id).get(station)
    return Team(mine, mine is None and groups.exist_at(here.cohort.id, station), station)


def note(
    here: Here,
    block: Block,
    team: Team,
    own: Saved | None,
    learner: Learner,
    refused: Refused | None = None,
) -> Markup:
    """What stands above a block that small groups may write: who writes, the code, one's own earlier text."""
    if not groups.gathers(block) or not (team.mine or team.joinable):
        return Markup("")
    earlier: list[Note] = []
    if own and team.mine and block.group_work:
        earlier = list(kind_of(block).notes(block, own.body, learner))
    values = {"here": here, "block": block, "team": team, "earlier": earlier, "refused": refused}
    return Markup(render_template("modules/_team.html", **values))  # noqa: S704 - rendered with autoescape


def _station(here: Here, block: Block) -> str:
    found = stations.of_block(here.course, block.id)
    return found[0] if found else ""
