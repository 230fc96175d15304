"""Acoustic models: finding, verifying and describing them. Nothing here goes to the network."""
