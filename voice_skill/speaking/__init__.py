"""From sentences to sound: synthesis in a child process, a cache, playback that stops at once."""
