"""The dialog language and its machine: pure, data in and data out."""
