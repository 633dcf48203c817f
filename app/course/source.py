"""A course as a set of files, normalised so that the same course gives the same bytes on every computer.

Text files have LF line ends, no byte order mark and composed characters (NFC). Media stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from app.course import limits
from app.course.model import Problem, Severity

TEXT_SUFFIXES = frozenset({".md", ".yaml", ".yml", ".svg", ".txt"})
MEDIA_SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
# Left behind by operating systems and editors; not worth a word.
_SILENTLY_IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitignore"})

_BOM = b"\xef\xbb\xbf"
_WINDOWS_PATH = re.compile(r"[A-Za-z]:|.*\\")


@dataclass(frozen=True)
class SourceTree:
    """The files of a course: path with slashes -> bytes, sorted by path.

    `originals` keeps text files as they were before normalising (only where that changed something),
    so that `fix` can return everything else byte for byte.
    """

    files: Mapping[str, bytes]
    originals: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def text(self, path: str) -> str:
        """The text of a text file. Bytes that are no UTF-8 were refused when the tree was made."""
        return self.files[path].decode("utf-8", "replace")

    def original(self, path: str) -> bytes:
        """The bytes of a file as its author wrote them."""
        return self.originals.get(path, self.files[path])


class _Collector:
    """Takes file after file, normalises it, and keeps the books about limits."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.originals: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self._total = 0

    def refuse(self, path: str, code: str, line: int = 1, **parameters: object) -> None:
        pairs = tuple((name, str(value)) for name, value in parameters.items())
        self.problems.append(Problem(path, line, code, Severity.ERROR, pairs))

    def wanted(self, path: str, size: int) -> bool:
        """Whether a file of this name and size may come in; notes why not."""
        if not self._has_good_path(path) or not self._has_known_kind(path):
            return False
        is_media = PurePosixPath(path).suffix.lower() in MEDIA_SUFFIXES
        most = limits.MEDIA_BYTES if is_media else limits.TEXT_BYTES
        if size > most:
            code = "media_too_large" if is_media else "text_too_large"
            self.refuse(path, code, size=_readable(size), most=_readable(most))
            return False
        self._total += size
        if self._total > limits.TREE_BYTES:
            self.refuse(path, "tree_too_large", most=_readable(limits.TREE_BYTES))
            return False
        if len(self.files) >= limits.TREE_FILES:
            self.refuse(path, "too_many_files", most=limits.TREE_FILES)
            return False
        return True

    @property
    def full(self) -> bool:
        """Whether looking at further files is pointless."""
        return any(problem.code in {"tree_too_large", "too_many_files"} for problem in self.problems)

    def take(self, path: str, content: bytes) -> None:
        """Normalises and keeps a file that is wanted."""
        path = unicodedata.normalize("NFC", path)
        if path in self.files:
            self.refuse(path, "path_twice")
            return
        if PurePosixPath(path).suffix.lower() not in TEXT_SUFFIXES:
            self.files[path] = content
            return
        normalised = self._normalised(path, content)
        if normalised is None:
            return
        self.files[path] = normalised
        if normalised != content:
            self.originals[path] = content

    def tree(self) -> SourceTree:
        return SourceTree(self.files, self.originals)

    def _has_good_path(self, path: str) -> bool:
        parts = path.split("/")
        bad = not path or path.startswith("/") or ".." in parts or "." in parts or "" in parts
        if bad or _WINDOWS_PATH.match(path) or not path.isprintable():
            self.refuse(path, "path_outside")
            return False
        return True

    def _has_known_kind(self, path: str) -> bool:
        parts = path.split("/")
        if _SILENTLY_IGNORED.intersection(parts):
            return False
        hidden = any(part.startswith(".") for part in parts)
        known = PurePosixPath(path).suffix.lower() in TEXT_SUFFIXES | MEDIA_SUFFIXES
        if hidden or not known:
            code = "file_hidden" if hidden else "file_unknown"
            self.problems.append(Problem(path, 1, code, Severity.WARNING))
            return False
        return True

    def _normalised(self, path: str, content: bytes) -> bytes | None:
        content = content.removeprefix(_BOM)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = 1 + len(re.findall(rb"\r\n|\r|\n", content[: error.start]))
            self.refuse(path, "encoding", line)
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", text).encode("utf-8")


def from_folder(folder: Path | str) -> tuple[SourceTree, list[Problem]]:
    """Reads a course folder. Never follows a link, never reads a file that is too large.

    What could not be taken in is missing from the tree and named in the problems.
    """
    collector = _Collector()
    root = Path(folder)
    if not root.is_dir():
        collector.refuse(str(folder), "folder_missing")
        return collector.tree(), collector.problems
    for path, file in _walk(root, collector):
        try:
            if collector.wanted(path, file.stat().st_size):
                collector.take(path, file.read_bytes())
        except OSError:
            collector.refuse(path, "file_unreadable")
        if collector.full:
            break
    return collector.tree(), sorted(collector.problems)


def _walk(root: Path, collector: _Collector) -> Iterator[tuple[str, Path]]:
    waiting = [root]
    while waiting:
        for entry in sorted(waiting.pop().iterdir()):
            path = entry.relative_to(root).as_posix()
            if entry.is_symlink():
                collector.refuse(path, "symlink")
            elif entry.is_dir():
                # Hidden folders (.git, .venv) are often large; one word about them is enough.
                if not entry.name.startswith("."):
                    waiting.append(entry)
                elif entry.name not in _SILENTLY_IGNORED:
                    collector.problems.append(Problem(path, 1, "file_hidden", Severity.WARNING))
            else:
                yield path, entry


def from_mapping(files: Mapping[str, bytes]) -> tuple[SourceTree, list[Problem]]:
    """Makes a tree of files that lie in memory, by the same rules as `from_folder`."""
    collector = _Collector()
    for path, content in sorted(files.items()):
        if collector.wanted(path, len(content)):
            collector.take(path, content)
        if collector.full:
            break
    return collector.tree(), sorted(collector.problems)


def _readable(size: int) -> str:
    if size < limits.MEGABYTE:
        return f"{-(-size // limits.KILOBYTE)} kB"
    return f"{size / limits.MEGABYTE:.1f} MB".replace(".0 ", " ").replace(".", ",")
