"""What kind of file a scan is, told by its content and never by its name. Pure."""

from __future__ import annotations

import zlib
from enum import StrEnum

LARGEST = 10 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_END, _JPEG_SCAN = 0xD9, 0xDA
_AROUND = 1024  # how far from the end a PDF's end mark may stand


class Kind(StrEnum):
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class BadScan(Exception):
    """Not a file that is taken: `code` is "empty", "too_big", "unknown" or "cut_off" (a known kind without its end)."""

    def __init__(self, code: str, kind: Kind | None = None) -> None:
        super().__init__(code)
        self.code, self.kind = code, kind


def recognise(data: bytes) -> Kind:
    """The kind of this file, which is there to its end. Raises BadScan."""
    if not data:
        raise BadScan("empty")
    if len(data) > LARGEST:
        raise BadScan("too_big")
    for start, kind, is_whole in (
        (b"%PDF-", Kind.PDF, _pdf_is_whole),
        (_PNG, Kind.PNG, _png_is_whole),
        (b"\xff\xd8\xff", Kind.JPEG, _jpeg_is_whole),
    ):
        if data.startswith(start):
            if not is_whole(data):
                raise BadScan("cut_off", kind)
            return kind
    raise BadScan("unknown")


def _pdf_is_whole(data: bytes) -> bool:
    return b"%%EOF" in data[-_AROUND:]


def _png_is_whole(data: bytes) -> bool:
    """Chunk after chunk, each with its checksum, to IEND."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False


def _jpeg_is_whole(data: bytes) -> bool:
    """Segment after segment to the end of the picture; what phones put behind it does not matter."""
    at = 2
    while 0 <= at < len(data) - 1:
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        if marker == _JPEG_END:
            return True
        if marker == 0xFF:
            at += 1
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _JPEG_SCAN:
            at = _next_marker(data, at)
    return False


def _next_marker(data: bytes, at: int) -> int:
    """Behind the compressed data that begin here: the next 0xFF that is neither stuffing nor a restart; -1 for none."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF) and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return -1
