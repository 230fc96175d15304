"""The loops with threads and a clock: by voice, by keyboard, and in virtual time."""
