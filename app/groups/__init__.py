"""Small groups of a cohort that write on one sheet together."""
