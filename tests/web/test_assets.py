"""Several style sheets or scripts under one address."""

from __future__ import annotations

import pytest

from app.web.assets import STATIC, asset, bundled


def text(path: str) -> str:
    """A file as it is served: scripts without the lines that are comments."""
    lines = (STATIC / path).read_text().splitlines(keepends=True)
    return "".join(line for line in lines if not (path.endswith(".js") and line.lstrip().startswith("//")))


def test_comments_of_scripts_stay_at_home() -> None:
    assert "//" in (STATIC / "js/group.js").read_text().splitlines()[0]
    assert asset("js/group.js").data.decode() == text("js/group.js")
    assert asset("css/feldweg.css").data == (STATIC / "css/feldweg.css").read_bytes()


def test_files_of_one_kind_share_an_address_in_their_order() -> None:
    paths = ["css/sheets.css", "js/sheets.js", "css/boards.css", "js/boards.js", "css/sheets.css"]
    assert bundled(paths) == ["css/sheets+boards.css", "js/sheets+boards.js"]
    assert bundled([]) == []


def test_style_sheets_stand_one_after_the_other() -> None:
    assert asset("css/feldweg+reader.css").data.decode() == text("css/feldweg.css") + "\n" + text(
        "css/reader.css"
    )


def test_scripts_keep_their_names_to_themselves() -> None:
    joined = asset("js/group+together.js").data.decode()
    assert joined == f"{{\n{text('js/group.js')}\n}}\n{{\n{text('js/together.js')}\n}}"


def test_what_others_import_stays_open() -> None:
    joined = asset("js/drafts+answers.js").data.decode()
    assert joined == text("js/drafts.js") + "\n" + text("js/answers.js")


@pytest.mark.parametrize(
    "path",
    ["css/feldweg+nie.css", "css/feldweg+feldweg.css", "css/feldweg+.css", "css/+feldweg.css", "css/feldweg+../../x.css",
     "css/" + "+".join(f"a{n}" for n in range(13)) + ".css"],
)  # fmt: skip
def test_nothing_else_is_served(client_for, path):
    assert client_for(None).get(f"/static/{path}").status_code == 404
