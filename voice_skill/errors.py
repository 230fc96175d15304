"""Every error that a person may meet: one line each, saying what to do."""


class VoiceSkillError(Exception):
    """Base of all errors of this package. The text is one line that says what to do."""

    exit_code = 3


class UsageError(VoiceSkillError):
    """The command was called the wrong way."""

    exit_code = 2


class DialogError(VoiceSkillError):
    """A dialog file cannot be used: the text names file, line and column."""


class ExpressionError(DialogError):
    """A guard or a rule is not a sound expression."""


class ModelError(VoiceSkillError):
    """The acoustic model is missing or damaged."""


class AudioError(VoiceSkillError):
    """A sound device or a sound file cannot be used."""


class SpeechError(VoiceSkillError):
    """The synthesiser cannot speak."""


class StorageError(VoiceSkillError):
    """Something could not be kept on or read from the disk."""


class ClusterError(VoiceSkillError):
    """Work cannot be shared out to other processes."""


class DrawingError(VoiceSkillError):
    """A picture cannot be made."""
