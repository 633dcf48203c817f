"""Attendance: the register on phones, by code and on paper, with and without network; objections and lists."""
