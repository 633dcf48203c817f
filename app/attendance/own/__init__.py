"""The participants' side: one's own register, and objecting to it."""
