"""Sound itself: its format, devices and streams, and a sound card made of software."""
