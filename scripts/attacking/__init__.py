"""Attacks on the program, by what it does: no answer lost or changed, no traceback, no hang."""
