"""Cohorts: a run of a course. Pinned edition, people, the dated plan, the attendance register."""
