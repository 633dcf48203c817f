"""Live: what a trainer sees of a cohort while the training runs; never a private text."""
