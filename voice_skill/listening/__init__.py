"""What is listened for, and when what was heard counts."""
