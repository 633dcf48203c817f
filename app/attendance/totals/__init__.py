"""Totals: attendance per person, day and funder, as page and as file."""
