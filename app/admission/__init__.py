"""Admission: how people come into a cohort and leave it: lists, invitations, cards, waiting list."""
