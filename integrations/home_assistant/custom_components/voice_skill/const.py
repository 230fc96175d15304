"""Names that the parts of the integration share."""

DOMAIN = "voice_skill"
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 10700
