"""The name of an edition must never change for the same sources."""

from __future__ import annotations

import hashlib

from app.course.digest import digest
from app.course.source import SourceTree, from_mapping
from tests.course.sample import sample


def test_literal_value() -> None:
    tree, _ = from_mapping({"b/ü.md": "für\n".encode(), "a.yaml": b"x: 1\n"})
    canonical = (
        b"\x01"
        b"\0\0\0\0\0\0\0\x06a.yaml\0\0\0\0\0\0\0\x05x: 1\n"
        b"\0\0\0\0\0\0\0\x07b/\xc3\xbc.md\0\0\0\0\0\0\0\x05f\xc3\xbcr\n"
    )
    assert digest(tree) == hashlib.sha256(canonical).hexdigest()
    assert digest(tree) == "b9b67515da13fdde4d8ad1fa00d825b4235418f07f78d44e96e797352cecd818"


def test_empty_tree() -> None:
    assert digest(SourceTree({})) == hashlib.sha256(b"\x01").hexdigest()


def test_line_ends_and_byte_order_mark_do_not_matter() -> None:
    lf = sample()
    crlf = {path: content.replace(b"\n", b"\r\n") for path, content in lf.items()}
    bom = {path: b"\xef\xbb\xbf" + content for path, content in lf.items()}
    digests = {digest(from_mapping(files)[0]) for files in (lf, crlf, bom)}
    assert len(digests) == 1


def test_composed_and_decomposed_umlauts_are_the_same() -> None:
    composed, _ = from_mapping({"a/b.md": "für".encode()})
    decomposed, _ = from_mapping({"a/b.md": "fu\u0308r".encode()})
    assert digest(composed) == digest(decomposed)


def test_no_two_trees_share_a_name() -> None:
    one = [{"a.md": b"bc"}, {"ab.md": b"c"}, {"a.md": b"bc\n"}]
    trees = [*one, {"a.md": b"b", "c.md": b""}, {"a.md": b"", "c.md": b"b"}]
    assert len({digest(SourceTree(files)) for files in trees}) == len(trees)
