"""Who may do what: one table. A permission is named after the deed, a standing is what someone is to a cohort.

Standings come from loaders (`web.gate`): nobody without any standing learns that a thing exists (404),
somebody with the wrong standing is told so (403).
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a staff account may be in this installation."""

    ADMIN = "admin"
    ORGANISER = "organiser"
    TRAINER = "trainer"


class Standing(StrEnum):
    """What a person is to the thing asked for."""

    PARTICIPANT = "participant"
    TRAINER = "trainer"
    ORGANISER = "organiser"
    ADMIN = "admin"


class Permission(StrEnum):
    LEARN = "learn"  # answer, go on, see the own Lernheft and standing
    READ_COURSE = "read course"  # its pages as they are; whoever takes no part sees a preview
    WATCH_COHORT = "watch cohort"  # who has arrived, where people stand, shared wishes; never a private text
    KEEP_REGISTER = "keep register"  # record attendance
    SEE_PEOPLE = "see people"  # names and what is fulfilled
    MANAGE_PEOPLE = "manage people"  # rename, new personal link, remove
    MANAGE_COHORT = "manage cohort"  # create, change, plan, join link
    CHANGE_PLAN = "change plan"  # times, rooms and people of a day, and what really took place
    SHAPE_COURSE = "shape course"  # which modules, pages and cases a cohort goes, and in which order
    OVERRIDE_COMPLETION = "override completion"
    ISSUE_CERTIFICATES = "issue certificates"  # issue, replace, revoke
    SEE_EDITIONS = "see editions"
    SEE_OUTBOX = "see outbox"  # which letters arrived, never what they say; send again, settle


_DESK = frozenset({Standing.ORGANISER, Standing.ADMIN})
_STAFF = _DESK | {Standing.TRAINER}

MAY: dict[Permission, frozenset[Standing]] = {
    Permission.LEARN: frozenset({Standing.PARTICIPANT}),
    Permission.READ_COURSE: _STAFF | {Standing.PARTICIPANT},
    Permission.WATCH_COHORT: _STAFF,
    Permission.KEEP_REGISTER: _STAFF,
    Permission.SEE_PEOPLE: _STAFF,
    Permission.MANAGE_PEOPLE: _DESK,
    Permission.MANAGE_COHORT: _DESK,
    Permission.CHANGE_PLAN: _STAFF,
    Permission.SHAPE_COURSE: _STAFF,
    Permission.OVERRIDE_COMPLETION: _DESK,
    Permission.ISSUE_CERTIFICATES: _DESK,
    Permission.SEE_EDITIONS: _STAFF,
    Permission.SEE_OUTBOX: _DESK,
}


def may(permission: Permission, standings: frozenset[Standing]) -> bool:
    """Whether someone with these standings may do this."""
    return bool(MAY[permission] & standings)


def desk_standings(roles: frozenset[str]) -> frozenset[Standing]:
    """What these installation-wide roles make of someone towards every cohort (a trainer only has their own)."""
    found = {Standing.ADMIN} if Role.ADMIN in roles else set()
    if Role.ORGANISER in roles:
        found.add(Standing.ORGANISER)
    return frozenset(found)


def staff_standings(roles: frozenset[str]) -> frozenset[Standing]:
    """What these roles make of someone towards things that belong to no cohort (editions, the list of cohorts)."""
    trainer = {Standing.TRAINER} if Role.TRAINER in roles else set()
    return desk_standings(roles) | trainer
