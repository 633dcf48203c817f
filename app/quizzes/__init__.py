"""Answering: every block that asks something, the answers and their history, and who may read them."""
