"""Codes that people read from paper and type: no two characters that look alike.

Left out of 0-9 and A-Z are 0 O 1 I L U; a code of 8 characters is one of 656,100,000,000.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
JOIN_CODE_LENGTH = 8
CHECK_IN_CODE_LENGTH = 6
_SIZE = len(ALPHABET)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# What people put between groups: blanks and every kind of dash.
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")


def new_code(length: int) -> str:
    """Random characters of the alphabet, not to be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normalise(text: str) -> str:
    """A code as typed becomes the code as stored: capitals, nothing in between. It may still be none."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_code(text: str, length: int) -> bool:
    """Whether this normalised text has the form of a code."""
    return len(text) == length and all(character in _VALUE for character in text)


def grouped(code: str, size: int = 4) -> str:
    """ABCD-2345: easier to read and to type."""
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


def with_check_digit(code: str) -> str:
    """The code with one more character by ISO 7064 MOD 31,30: one wrong character is always found."""
    return code + ALPHABET[(1 - _product(code)) % _SIZE]


def has_valid_check_digit(code: str) -> bool:
    """Whether this normalised code ends with the check digit that belongs to it."""
    return (
        len(code) > 1
        and all(character in _VALUE for character in code)
        and with_check_digit(code[:-1]) == code
    )


def _product(code: str) -> int:
    product = _SIZE
    for character in code:
        total = (product + _VALUE[character]) % _SIZE or _SIZE
        product = total * 2 % (_SIZE + 1)
    return product
