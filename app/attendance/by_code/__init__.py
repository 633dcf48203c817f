"""By code: what is shown in the room, and what becomes of a scan."""
