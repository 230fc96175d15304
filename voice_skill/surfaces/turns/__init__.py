"""A check and its warm-up turn by turn, for whoever holds the microphone elsewhere."""
