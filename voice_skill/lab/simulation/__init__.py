"""Virtual patients: synthetic speech through the real ears, counted and shown."""
