"""Sealed texts open only with their key and in their place."""

from __future__ import annotations

import pytest

from app.sealing import CannotOpen, Sealer

KEY, OTHER = b"k" * 32, b"o" * 32


def test_opens_what_it_sealed() -> None:
    sealed = Sealer(KEY).seal("Grüße aus Łódź", "answer:1:l1-1")
    assert Sealer(KEY).open(sealed, "answer:1:l1-1") == "Grüße aus Łódź"
    assert "Grüße".encode() not in sealed


def test_never_seals_the_same_way_twice() -> None:
    assert Sealer(KEY).seal("a", "c") != Sealer(KEY).seal("a", "c")


def test_another_key_or_place_or_byte_does_not_open() -> None:
    sealed = Sealer(KEY).seal("privat", "answer:1:l1-1")
    altered = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for attempt in (
        lambda: Sealer(OTHER).open(sealed, "answer:1:l1-1"),
        lambda: Sealer(KEY).open(sealed, "answer:2:l1-1"),
        lambda: Sealer(KEY).open(altered, "answer:1:l1-1"),
        lambda: Sealer(KEY).open(b"", "answer:1:l1-1"),
    ):
        with pytest.raises(CannotOpen):
            attempt()
