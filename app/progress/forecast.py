"""What of the attendance is there, what can still come, what is lost. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Minutes: attended, of slots nobody recorded yet, of slots still to come, needed, planned."""

    have: int
    unrecorded: int
    ahead: int
    need: int
    planned: int
    unit_minutes: int = 45

    @property
    def enough(self) -> bool:
        return self.planned > 0 and self.have >= self.need

    @property
    def open(self) -> int:
        return self.unrecorded + self.ahead

    @property
    def lost(self) -> int:
        """What will be lacking even if everything open is attended."""
        return max(self.need - self.have - self.open, 0)

    @property
    def words(self) -> str:
        """2 UE erfasst, 5 UE sind noch nicht erfasst oder kommen noch, nötig sind 7"""
        have, need, planned = (self._units(m) for m in (self.have, self.need, self.planned))
        if self.enough:
            return f"{have} von {planned} geplanten UE (nötig: {need})"
        if not self.open:
            return f"{have} von {need} nötigen UE ({planned} geplant)"
        if self.lost:
            return f"{have} UE erfasst, nötig sind {need} UE, erreichbar noch {self._units(self.have + self.open)}"
        return f"{have} UE erfasst, {self._units(self.open)} UE {self._still}, nötig sind {need}"

    @property
    def _still(self) -> str:
        one = self.open == self.unit_minutes
        comes, recorded = (
            ("kommt noch", "ist noch nicht erfasst") if one else ("kommen noch", "sind noch nicht erfasst")
        )
        if not self.unrecorded:
            return comes
        return f"{recorded} oder {comes}" if self.ahead else recorded

    def _units(self, minutes: int) -> str:
        return units(minutes, self.unit_minutes)


def units(minutes: int, unit_minutes: int) -> str:
    """Teaching units with a German comma: 2, 1,67, 12,5."""
    return f"{minutes / unit_minutes:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def awaited(missing: int, ahead: int) -> str:
    """How many slots are not recorded and how many have not begun, as a sentence; nothing if none."""
    parts = []
    if missing:
        parts.append(
            f"{'Ein Abschnitt ist' if missing == 1 else f'{missing} Abschnitte sind'} noch nicht erfasst"
        )
    if ahead:
        slots = (
            str(ahead)
            if missing
            else f"{'Ein' if ahead == 1 else ahead} Abschnitt{'' if ahead == 1 else 'e'}"
        )
        parts.append(f"{slots} {'hat' if ahead == 1 else 'haben'} noch nicht begonnen")
    return ", ".join(parts) + "." if parts else ""
