"""The driver of a warm-up in virtual time."""
