"""What reading one file brings to light besides its value: problems, and names that must exist elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.course.model import Problem, Severity


class Target(StrEnum):
    """What a link or a list entry can point at."""

    MODULE = "module"
    PAGE = "page"
    CASE = "case"
    TERM = "term"
    REFERENCE = "reference"
    MEDIA = "media"
    CORE = "core"  # pages of the core path, which a day plan is made for


@dataclass(frozen=True, slots=True)
class Use:
    """A place (path, line) that names something defined in another file."""

    kind: Target
    name: str
    path: str
    line: int


@dataclass
class Findings:
    """Collects the problems and uses of the file `path` while it is read."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

    def error(self, code: str, line: int, **parameters: object) -> None:
        """Notes a problem that keeps the course from being published."""
        self._note(code, line, Severity.ERROR, parameters)

    def warning(self, code: str, line: int, **parameters: object) -> None:
        """Notes a problem the author should look at."""
        self._note(code, line, Severity.WARNING, parameters)

    def use(self, kind: Target, name: str, line: int) -> None:
        """Notes that this file names something; whether it exists is checked when all files are read."""
        self.uses.append(Use(kind, name, self.path, line))

    def _note(self, code: str, line: int, severity: Severity, parameters: dict[str, object]) -> None:
        pairs = tuple((name, str(value)) for name, value in parameters.items())
        self.problems.append(Problem(self.path, line, code, severity, pairs))
