"""Others' ways in: what talks with the skill without its own microphone and loudspeaker."""
