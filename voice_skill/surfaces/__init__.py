"""Others' ways in and out: what talks with the skill, and what is handed to a clinic."""
