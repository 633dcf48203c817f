"""`python -m bench [--quick] [--out FILE] [--only PART…]`: run the parts, print the table, write the result.

Exit status 1 only when something was lost, doubled or failed, or SQL counts grow; never because of a time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from bench import (
    certificates,
    day,
    growth,
    machine,
    register,
    report,
    start,
    statements,
    throughput,
    together,
    weight,
)
from bench.plan import FULL, QUICK, Plan
from bench.report import Section

Part = Callable[[Path, Plan], Section | list[Section]]
PARTS: dict[str, Part] = {
    "throughput": throughput.measure,
    "together": together.measure,
    "statements": statements.measure,
    "growth": growth.measure,
    "register": register.measure,
    "certificates": certificates.measure,
    "weight": weight.measure,
    "start": start.measure,
    "day": day.measure,
}


def main(arguments: list[str]) -> int:
    given = _read(arguments)
    plan = QUICK if given.quick else FULL
    about = {"mode": "quick" if given.quick else "full", "machine": machine.describe()}
    sections: list[Section] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="feldweg-bench-") as folder:
        for name in given.only or PARTS:
            at = time.monotonic()
            sections += _run(name, Path(folder), plan)
            print(f"{name}: {time.monotonic() - at:.0f} s", file=sys.stderr, flush=True)
    about |= {"seconds": round(time.monotonic() - began), "load_average_after": machine.load_average()}
    _tell(about, sections)
    if given.out:
        report.write(given.out, sections, about)
    return 0 if report.all_right(sections) else 1


def _run(name: str, folder: Path, plan: Plan) -> list[Section]:
    """One part; if it breaks, that is a wrong count, and the others still run."""
    try:
        found = PARTS[name](folder, plan)
    except Exception:
        traceback.print_exc()
        broken = Section(name)
        broken.count("parts that broke (the reason stands above)", 0, 1)
        return [broken]
    return found if isinstance(found, list) else [found]


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Feldweg on this machine.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: about three minutes")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the result as JSON")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, metavar="PART", help=f"only these: {', '.join(PARTS)}"
    )
    return parser.parse_args(arguments)


def _tell(about: dict[str, object], sections: list[Section]) -> None:
    print(report.show(sections))
    print()
    for key, value in about.items():
        print(f"{key}: {value}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
