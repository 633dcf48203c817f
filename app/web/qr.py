"""QR codes as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import qrcode

_QUIET = 4  # modules of white around it, as the standard asks


def svg(text: str) -> str:
    """An SVG document (without XML declaration) of the QR code for `text`, error correction M.

    The mask is fixed: a code may use any of the eight, and trying all of them takes most of the time.
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=_QUIET, mask_pattern=2)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{start},{y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _runs(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}mm" height="{size}mm" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0,0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many stand together."""
    start = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield start, length
        start += length
