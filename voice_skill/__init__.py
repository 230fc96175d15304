"""An offline voice guide for runners with low-back pain. It informs, it never diagnoses.

For other programs: `docs/embedding.md`. What stands in `__all__` is stable; all else may change.
Each name is loaded when it is first used, and none of them needs sound.
"""

TYPE_CHECKING = False  # `typing` takes milliseconds, and a command sees to Ctrl-C only after this
if TYPE_CHECKING:
    from typing import Any

    from voice_skill.content import Content
    from voice_skill.dialog.decision import Decision
    from voice_skill.dialog.effects import Adjust
    from voice_skill.dialog.model import CareLevel
    from voice_skill.embedding.activity import Activity
    from voice_skill.embedding.check import Check, decide
    from voice_skill.embedding.reply import Reply
    from voice_skill.embedding.talk import HEARD, TYPED, Evidence
    from voice_skill.embedding.warm_up import WarmUp
    from voice_skill.errors import DialogError, UsageError, VoiceSkillError
    from voice_skill.visit.outcome import Result
    from voice_skill.visit.report import Report

__version__ = "0.2.0"

_HOMES = {
    "voice_skill.content": ("Content",),
    "voice_skill.dialog.decision": ("Decision",),
    "voice_skill.dialog.effects": ("Adjust",),
    "voice_skill.dialog.model": ("CareLevel",),
    "voice_skill.embedding.activity": ("Activity",),
    "voice_skill.embedding.check": ("Check", "decide"),
    "voice_skill.embedding.reply": ("Reply",),
    "voice_skill.embedding.talk": ("HEARD", "TYPED", "Evidence"),
    "voice_skill.embedding.warm_up": ("WarmUp",),
    "voice_skill.errors": ("DialogError", "UsageError", "VoiceSkillError"),
    "voice_skill.visit.outcome": ("Result",),
    "voice_skill.visit.report": ("Report",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "HEARD",
    "TYPED",
    "Activity",
    "Adjust",
    "CareLevel",
    "Check",
    "Content",
    "Decision",
    "DialogError",
    "Evidence",
    "Reply",
    "Report",
    "Result",
    "UsageError",
    "VoiceSkillError",
    "WarmUp",
    "__version__",
    "decide",
]


def __getattr__(name: str) -> "Any":
    """Load a name of the face when it is first used."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module 'voice_skill' has no attribute '{name}'")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
