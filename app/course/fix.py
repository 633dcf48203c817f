"""Writes ids into blocks that have none, and touches nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from app.course.blocks import kinds
from app.course.draft import is_media
from app.course.findings import Findings
from app.course.parse import split
from app.course.source import SourceTree

# Without letters and digits that are mistaken for one another when read aloud or copied by hand.
_LETTERS = "abcdefghkmnpqrstuvwxyz"
_SIGNS = _LETTERS + "23456789"

_LINE_END = re.compile(rb"(\r\n|\r|\n)")
_OPENING = re.compile(rb"((?:\xef\xbb\xbf)? {0,3}:+\s*[^\s{]+)(\s*\{)?")


def random_id() -> str:
    """A short id that begins with a letter."""
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(6))


def fix_missing_ids(tree: SourceTree, make_id: Callable[[], str] = random_id) -> dict[str, bytes]:
    """The new content of every file in which a block lacked its id: path -> bytes.

    The bytes are those the author wrote, line ends and byte order mark included, with only the ids added.
    """
    pages = {
        path: _blocks_of(tree, path) for path in tree.files if path.endswith(".md") and not is_media(path)
    }
    taken = {block_id for blocks in pages.values() for block_id in blocks.values()}
    fixed: dict[str, bytes] = {}
    for path, blocks in pages.items():
        lines = [line for line, block_id in blocks.items() if not block_id]
        if lines:
            new_ids = {line: _free_id(taken, make_id) for line in lines}
            fixed[path] = _with_ids(tree.original(path), new_ids)
    return fixed


def _blocks_of(tree: SourceTree, path: str) -> dict[int, str]:
    """The line and id of each block of a known kind."""
    blocks = split(tree.text(path), Findings(path)).blocks
    return {block.line: block.id for block in blocks if block.name in kinds()}


def _free_id(taken: set[str], make_id: Callable[[], str]) -> str:
    new = make_id()
    while new in taken:
        new = make_id()
    taken.add(new)
    return new


def _with_ids(content: bytes, new_ids: dict[int, str]) -> bytes:
    # Lines stand at the even places, what ends them at the odd ones.
    pieces = _LINE_END.split(content)
    for line, block_id in new_ids.items():
        index = (line - 1) * 2
        pieces[index] = _with_id(pieces[index], block_id.encode("ascii"))
    return b"".join(pieces)


def _with_id(opening: bytes, block_id: bytes) -> bytes:
    found = _OPENING.match(opening)
    if found is None:
        return opening
    if found[2]:
        rest = opening[found.end() :]
        blank = b"" if rest.startswith((b" ", b"}")) else b" "
        return opening[: found.end()] + b"#" + block_id + blank + rest
    return opening[: found.end()] + b" {#" + block_id + b"}" + opening[found.end() :]
