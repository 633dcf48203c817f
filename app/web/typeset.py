"""Documents typeset by typst, as tagged PDF or as picture.

The words go in as JSON, so nothing in them can be read as markup. The compilers are kept warm and used by one
thread at a time.
"""

from __future__ import annotations

import base64
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible as atkinson
import typst

_FONTS = Path(atkinson.ROOT) / "files"
_lock = threading.Lock()


class CannotPrint(Exception):
    """The document could not be typeset at all."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF, and whether it keeps the standards asked for (not when no font has a needed glyph)."""

    data: bytes
    conforms: bool


def document(
    template: Path, inputs: dict[str, str], standards: Sequence[typst.PDFStandard], moment: datetime
) -> Printed:
    """The PDF that this template makes of these inputs. Raises CannotPrint.

    Tried in turn: with the fonts that come along, with those of the system too, and without a standard.
    """
    second = moment.replace(microsecond=0)  # typst takes no parts of it
    for system_fonts, kept in ((False, standards), (True, standards), (True, ())):
        try:
            data = _compile(
                template, system_fonts, inputs, format="pdf", pdf_standards=list(kept), timestamp=second
            )
        except typst.TypstError as error:
            problem = error
        else:
            return Printed(data, bool(kept))
    raise CannotPrint(problem.message) from problem


def picture(template: Path, inputs: dict[str, str]) -> bytes:
    """The first page as PNG. Raises CannotPrint."""
    try:
        return _compile(template, True, inputs, format="png", ppi=110.0)
    except typst.TypstError as error:
        raise CannotPrint(error.message) from error


def _compile(template: Path, system_fonts: bool, inputs: dict[str, str], **how: Any) -> bytes:
    with _lock:
        found = _compiler(template, system_fonts).compile(sys_inputs=inputs, **how)
    pages = found if isinstance(found, list) else [found]
    if not pages or pages[0] is None:
        raise CannotPrint("no output")
    return bytes(pages[0])


@lru_cache(maxsize=8)
def _compiler(template: Path, system_fonts: bool) -> typst.Compiler:
    return typst.Compiler(input=template, root=template.parent, font_paths=_fonts(system_fonts))


@lru_cache(maxsize=2)
def _fonts(system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=True, font_paths=[_FONTS])


def logo(path: Path | None) -> str:
    """The organisation's logo as SVG text; "" where there is none (any more)."""
    return _logo(path, path.stat().st_mtime_ns) if path and path.is_file() else ""


@lru_cache(maxsize=4)
def _logo(path: Path, _changed: int) -> str:
    """A PNG is put into an SVG of its size."""
    content = path.read_bytes()
    if not content.startswith(b"\x89PNG"):
        return content.decode("utf-8", "replace")
    width, height = struct.unpack(">II", content[16:24])
    picture = base64.b64encode(content).decode()
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<image {size} href="data:image/png;base64,{picture}"/></svg>'
    )
