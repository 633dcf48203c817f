"""A scanned code on its way to a name: kept in the signed session, so that its time counts even if signing in takes a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import session, url_for

from app import clock
from app.attendance.by_code.codes import SCAN_KEPT
from app.cohorts.codes import grouped
from app.web import onward

_KEY, _NOT_FOR = "scan", "scan_not_for"


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was valid at `at`. `slot_ids`: the slots it was valid for, hardly ever more than one."""

    code: str
    slot_ids: tuple[int, ...]
    at: datetime

    @property
    def path(self) -> str:
        return url_for("attendance.check_in", code=grouped(self.code, 3))


def put(code: str, slot_ids: tuple[int, ...]) -> Scan:
    """Keep it. Who scans the same slot again keeps the earlier time; after signing in it goes on here."""
    before = find()
    at = before.at if before and before.slot_ids == slot_ids else clock.now()
    scan = Scan(code, slot_ids, at)
    session[_KEY] = [code, list(slot_ids), at.isoformat()]
    session.pop(_NOT_FOR, None)
    onward.put(scan.path, SCAN_KEPT)
    return scan


def find(code: str | None = None) -> Scan | None:
    """The scan of the last half hour on this device that waits for a name; with `code` only if it is of that one."""
    try:
        kept, slot_ids, at = session[_KEY]
        scan = Scan(str(kept), tuple(int(each) for each in slot_ids), datetime.fromisoformat(at))
    except (KeyError, ValueError, TypeError):
        return None
    fresh = clock.now() - scan.at <= SCAN_KEPT
    return scan if fresh and code in (None, scan.code) else None


def drop() -> None:
    """It was used: whoever is next at this device scans for themselves."""
    session.pop(_KEY, None)
    session.pop(_NOT_FOR, None)
    onward.take()


def not_for(user_id: int) -> None:
    """This person takes no part there: the scan waits for whoever is at this device next."""
    session[_NOT_FOR] = user_id


def waiting(user_id: int | None) -> dict[str, str | datetime] | None:
    """For the message on every page this person sees: when it was scanned, and where to go on."""
    scan = find()
    if scan is None or (user_id is not None and session.get(_NOT_FOR) == user_id):
        return None
    return {"href": scan.path, "at": scan.at}
