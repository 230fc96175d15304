"""Measuring how well models hear, side by side, on recordings of people."""
