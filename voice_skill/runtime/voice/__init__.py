"""The drivers by voice: ears, voice and a real clock."""
