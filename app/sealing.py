"""Encryption of private texts with a key that is kept outside the database.

AES-256-GCM; the sealed bytes are a version byte, a 12-byte nonce and the ciphertext with its tag. The
`context` (for example which enrolment and block a text belongs to) is authenticated, so that a sealed text
copied into another row cannot be opened there.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The sealed bytes were made with another key or for another context, or were altered."""


class Sealer:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str, context: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), context.encode())

    def open(self, sealed: bytes, context: str) -> str:
        """The text. Raises CannotOpen."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, context.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(context) from error
