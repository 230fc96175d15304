"""The job that tries the skill in the real Home Assistant: see scripts/test-home-assistant."""
