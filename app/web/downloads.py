"""Names of downloaded files. Headers are ASCII, titles and uploaded files' names are not (RFC 6266)."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response


def name_file(response: Response, name: str, *, inline: bool = False) -> None:
    """Let the browser keep the answer under this name, in any script; old ones get it without accents."""
    clean = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cs"))
    plain = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode()
    extended = {} if plain == clean else {"filename*": f"UTF-8''{quote(clean, safe='')}"}
    disposition = "inline" if inline else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=plain, **extended)
