"""What the tests of the drawings share."""

from dataclasses import replace
from pathlib import Path

import pytest
from sessions_and_words import HOSTILE, changed, hold

from voice_skill.dialog.dialog import Dialog


@pytest.fixture
def hostile(dialog: Dialog) -> Dialog:
    """A dialog whose words try to be more than words."""
    stage = changed(dialog.stages[0], title=HOSTILE)
    saddle = changed(dialog.fields["saddle"], ask=HOSTILE, why=HOSTILE)
    return replace(
        dialog,
        title=HOSTILE,
        stages=(stage, *dialog.stages[1:]),
        stage_of={n: stage if s is dialog.stages[0] else s for n, s in dialog.stage_of.items()},
        fields={**dialog.fields, "saddle": saddle},
    )


@pytest.fixture
def kept() -> Path:
    """A session that ended at numbness, told in words that nobody else should read."""
    return hold("yes", "my bits are numb")
