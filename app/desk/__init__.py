"""Desk: what needs doing today over all cohorts, and the outbox."""
