"""The name of an edition: a hash over the canonical bytes of its sources."""

from __future__ import annotations

import hashlib

from app.course.source import SourceTree

# Stands first in the hashed bytes, so that a later canonical form can never be mistaken for this one.
_VERSION = b"\x01"


def digest(tree: SourceTree) -> str:
    """The SHA-256 of the tree as 64 hexadecimal digits.

    Hashed are the version, then for each path in order: length and bytes of the path, length and bytes of
    the content; lengths as eight bytes, big-endian. The lengths keep one file from running into the next.
    """
    sha = hashlib.sha256(_VERSION)
    for path in sorted(tree.files):
        for data in (path.encode("utf-8"), tree.files[path]):
            sha.update(len(data).to_bytes(8, "big"))
            sha.update(data)
    return sha.hexdigest()
