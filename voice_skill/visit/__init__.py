"""What follows what in a visit, and what it came to. Pure: no sound, no screen, no clock."""
