"""The skill as a Wyoming service: ears, a voice, and conversations for any number of satellites."""
