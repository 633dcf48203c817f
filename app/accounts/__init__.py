"""Accounts: who someone is. Sign-in of staff, personal links of participants, roles, letters, limits on guessing."""
