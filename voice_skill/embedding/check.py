"""A whole back check for another program: words in, sentences out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from voice_skill.content import Content
from voice_skill.dialog.decision import Decision
from voice_skill.dialog.model import CareLevel
from voice_skill.embedding.reply import Reply
from voice_skill.embedding.talk import HEARD, DeviceName, Evidence, Talk, refuse
from voice_skill.embedding.warm_up import WarmUp
from voice_skill.visit.choosing import routine_for
from voice_skill.visit.facts import decide_facts
from voice_skill.visit.report import Report


class Check:
    """One conversation: the triage before a run. Keeps nothing on the disk.

    Many may be held at a time with one `Content`; each of them from one thread at a time.
    """

    def __init__(self, content: Content, today: date | None = None) -> None:
        """today: what "since Monday" counts from; None: that counts as a whole week."""
        self.content = content
        weekday = None if today is None else today.weekday()
        self._conversation = content.conversation(weekday)
        self._talk = Talk(self._conversation)
        self._begun = False

    @property
    def reply(self) -> Reply:
        """The last reply."""
        return self._talk.reply

    @property
    def care(self) -> CareLevel | None:
        """The result, once it stands."""
        return self.reply.care

    @property
    def finished(self) -> bool:
        """Whether nothing more will be asked."""
        return self._conversation.finished

    def begin(self, now: float = 0.0) -> Reply:
        """The first question. now, here and below: seconds on your clock, if you call `tick`.

        Raises UsageError the second time.
        """
        refuse(self._begun, "this check has begun; make another Check for another conversation")
        self._begun = True
        return self._talk.begin(self._conversation.begin(), now)

    def hear(self, said: str, now: float = 0.0, how: Evidence = HEARD) -> Reply:
        """Something was said, in answer or not; never raises on any text.

        how: unless you tell more, each answer but the gravest is read back before it counts.
        """
        refuse(not self._begun, "begin() comes first")
        return self._talk.hear(said, now, how)

    def silence(self, now: float = 0.0) -> Reply:
        """Nothing was said in the time given. It is asked again, and never counts as no."""
        refuse(not self._begun, "begin() comes first")
        return self._talk.silence(now)

    def noise(self, now: float = 0.0) -> Reply:
        """There was a sound, but no words."""
        refuse(not self._begun, "begin() comes first")
        return self._talk.noise(now)

    def tick(self, now: float) -> Reply:
        """Time has passed: silence, once `reply.due_seconds` has come; before it nothing."""
        refuse(not self._begun, "begin() comes first")
        return self._talk.tick(now)

    def device(self, present: bool, device: DeviceName = "input", now: float = 0.0) -> Reply:
        """The microphone or the loudspeaker went away or came back."""
        refuse(not self._begun, "begin() comes first")
        return self._talk.device(present, device, now)

    def warm_up(self, early: bool = False) -> WarmUp | None:
        """The warm-up that the result names or offers; None where there is none.

        early: whether the person has only just got up. Raises UsageError before the end.
        """
        refuse(not self.finished, "the check is not over")
        state = self._conversation.state
        name = routine_for(self.content.dialog, state) if self.content.has_warm_ups else None
        return None if name is None else WarmUp(self.content, name, early, after=state)

    def report(self, started_at: str = "") -> Report:
        """What was asked, heard, understood and decided so far. started_at: as in ISO 8601."""
        talk = self._conversation
        return Report.from_session(self.content.dialog, talk.state, talk.turns, started_at)


def decide(content: Content, facts: Mapping[str, Any]) -> Decision:
    """The care for field values, such as `{"pain": 3}`, without a conversation.

    What is left out counts as safe: a form must ask everything. Raises UsageError for a field or a
    value that there is not.
    """
    return decide_facts(content.dialog, facts)
