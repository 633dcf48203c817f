"""The child process of `bounded`: reads files from its input and reports after each one.

Input: a JSON list of [path, text]. Output: `ready`, then one `done` for each file, each in a line of its own.
"""

from __future__ import annotations

import json
import sys

from app.course.blocks import kinds
from app.course.draft import read_file


def main() -> None:
    """Reads all files that come in through standard input."""
    files: list[tuple[str, str]] = json.load(sys.stdin.buffer)
    kinds()  # finding them takes its time, which is no page's
    print("ready", flush=True)
    for path, text in files:
        read_file(path, text)
        print("done", flush=True)


if __name__ == "__main__":
    main()
