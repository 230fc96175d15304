"""The loop that joins hearing, understanding, dialog and speaking, and what it keeps."""
