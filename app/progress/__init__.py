"""Progress: completion as a pure function of facts and the cohort's rule; never stored, always explained."""
