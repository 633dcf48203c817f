"""Schedule: the dated plan of a cohort as it lives: changes on the day, actual times, calendar feeds."""
