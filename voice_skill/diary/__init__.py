"""The days after: what each session came to, kept on this device and shown over time."""
