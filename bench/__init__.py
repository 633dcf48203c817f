"""Measures Feldweg against what the machine can do. `python -m bench --help`; docs/performance.md has the figures."""
