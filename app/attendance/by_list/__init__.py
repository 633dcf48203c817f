"""By list: the register of a slot or a day on a screen, with and without network; walk-ins and conflicts."""
