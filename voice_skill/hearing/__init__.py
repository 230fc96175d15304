"""From the microphone to utterances: capture, recogniser, endpointing."""
