"""A warm-up in time: drills, counts, sides, check-ins and the stop rule. Pure."""
