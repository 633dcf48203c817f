"""Reading a course: what comes in is normalised, what must not come in is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.course import limits
from app.course.source import SourceTree, from_folder, from_mapping
from tests.course.sample import compiled, sample


def codes(files: dict[str, bytes]) -> list[tuple[str, str]]:
    _, problems = from_mapping(files)
    return [(problem.path, problem.code) for problem in problems]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def test_folder_and_mapping_give_the_same_tree(tmp_path: Path) -> None:
    tree, problems = from_folder(write(tmp_path, sample()))
    assert problems == []
    assert tree == from_mapping(sample())[0]
    assert list(tree.files) == sorted(tree.files)


def test_text_is_normalised() -> None:
    tree, _ = from_mapping({"a/b.md": b"\xef\xbb\xbfeins\r\nzwei\rfu\xcc\x88r\n"})
    assert tree.text("a/b.md") == "eins\nzwei\nfür\n"
    assert tree.original("a/b.md") == b"\xef\xbb\xbfeins\r\nzwei\rfu\xcc\x88r\n"


def test_media_are_left_alone() -> None:
    content = b"\x89PNG\r\n\x1a\n\xef\xbb\xbf"
    tree, _ = from_mapping({"media/a.png": content})
    assert tree.files["media/a.png"] == content


def test_the_tree_cannot_be_changed() -> None:
    tree, _ = from_mapping(sample())
    with pytest.raises(TypeError):
        tree.files["x.md"] = b""  # type: ignore[index]


@pytest.mark.parametrize(
    "path",
    [
        "../x.md",
        "a/../../x.md",
        "/etc/passwd.md",
        "C:/x.md",
        "a\\b.md",
        "a//b.md",
        "./a.md",
        "",
        "a/\x00.md",
        "a/\n.md",
    ],
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    tree, problems = from_mapping({path: b"x"})
    assert not tree.files
    assert [problem.code for problem in problems] == ["path_outside"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff", 1),
        (b"a\nb\n\xe4", 3),
        (b"a\r\nb\r\n\xe4", 3),
        (b"a\rb\n\xe4", 3),
        (b"\xef\xbb\xbfa\n\xe4", 2),
    ],
)
def test_wrong_encoding_names_the_line(content: bytes, line: int) -> None:
    _, (problem,) = from_mapping({"a/b.md": content})
    assert (problem.code, problem.line) == ("encoding", line)


def test_utf16_is_no_utf8() -> None:
    assert codes({"a/b.md": "für".encode("utf-16")}) == [("a/b.md", "encoding")]


def test_a_page_of_five_megabytes_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.md": b"x" * (5 * limits.MEGABYTE)})
    tree, (problem,) = from_folder(tmp_path)
    assert problem.code == "text_too_large"
    assert dict(problem.parameters) == {"size": "5 MB", "most": "64 kB"}
    assert not tree.files


def test_limits_themselves_are_allowed() -> None:
    files = {"a/b.md": b"x" * limits.TEXT_BYTES, "media/a.png": b"x" * limits.MEDIA_BYTES}
    assert codes(files) == []


def test_too_many_files() -> None:
    files = {f"a/{number:05}.md": b"" for number in range(limits.TREE_FILES + 5)}
    tree, problems = from_mapping(files)
    assert [problem.code for problem in problems] == ["too_many_files"]
    assert len(tree.files) == limits.TREE_FILES


def test_too_much_together() -> None:
    picture = b"x" * limits.MEDIA_BYTES
    _, problems = from_mapping({f"media/{number:02}.png": picture for number in range(21)})
    assert [problem.code for problem in problems] == ["tree_too_large"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_no_link_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    write(secret, {"geheim.md": b"geheim"})
    folder = write(tmp_path / "course", sample())
    (folder / "eins" / "aussen.md").symlink_to(secret / "geheim.md")
    (folder / "draussen").symlink_to(secret, target_is_directory=True)
    (folder / "im-kreis").symlink_to(folder, target_is_directory=True)
    tree, problems = from_folder(folder)
    assert [(p.path, p.code) for p in problems] == [
        ("draussen", "symlink"), ("eins/aussen.md", "symlink"), ("im-kreis", "symlink"),
    ]  # fmt: skip
    assert not any(b"geheim" in content for content in tree.files.values())


def test_a_missing_folder() -> None:
    tree, (problem,) = from_folder("/no/such/folder")
    assert problem.code == "folder_missing"
    assert not tree.files


def test_hidden_and_unknown_files_are_left_out_with_a_word(tmp_path: Path) -> None:
    extra = {".git/x": b"", ".DS_Store": b"", ".venv/a.md": b"", "eins/.x.md": b"", "eins/plan.docx": b""}
    tree, problems = from_folder(write(tmp_path, sample() | extra))
    assert [(p.path, p.code) for p in problems] == [
        (".venv", "file_hidden"), ("eins/.x.md", "file_hidden"), ("eins/plan.docx", "file_unknown"),
    ]  # fmt: skip
    assert set(tree.files) == set(sample())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path, sample())
    (tmp_path / "eins" / "seite.md").chmod(0)
    assert "file_unreadable" in [problem.code for problem in from_folder(tmp_path)[1]]


def test_a_file_that_vanishes_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_bytes", gone)
    _, problems = from_folder(write(tmp_path, {"a/b.md": b"x"}))
    assert [problem.code for problem in problems] == ["file_unreadable"]


def test_a_refused_file_is_not_reported_as_missing_too() -> None:
    result = compiled(sample(stop=b"\xff", picture=b"x" * (limits.MEDIA_BYTES + 1), glossary=b"\xff"))
    assert [problem.code for problem in result.problems] == ["encoding", "encoding", "media_too_large"]


def test_a_tree_made_directly_is_sorted() -> None:
    assert list(SourceTree({"b.md": b"", "a.md": b""}).files) == ["a.md", "b.md"]
