"""On paper: the list to sign, copying it, and the scan as evidence."""
