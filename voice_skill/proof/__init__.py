"""Proof that a dialog is safe: over all answers and all turns, not over samples."""
