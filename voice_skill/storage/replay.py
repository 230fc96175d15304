"""A kept session held again, event by event: each must be one that can have happened there."""

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.events import Answered, Event, NoMatch, Started
from voice_skill.dialog.fields import (
    MAX_DAYS,
    MAX_PAIN,
    DurationField,
    FreeField,
    NumberField,
    bounds,
    possible,
)
from voice_skill.dialog.history import FLAGS
from voice_skill.dialog.interpretation import Interpretation, Value
from voice_skill.errors import StorageError
from voice_skill.storage.journal import Record
from voice_skill.visit.conversation import Conversation


def replayed(new: Conversation, record: Record) -> Conversation:
    """Where a session stood. Raises StorageError where its journal makes no sense.

    new: a conversation that has not begun, of the same dialog.
    """
    conversation = Conversation(new.dialog, new.understander, today_weekday=new.today_weekday)
    for number, event in enumerate(record.events, 1):
        if (number == 1) != isinstance(event, Started) or not _can_be(conversation, event):
            raise StorageError(f"the journal makes no sense from event {number} on")
        conversation.take(event)
    return conversation


def _can_be(conversation: Conversation, event: Event) -> bool:
    """Whether an event fits the dialog and the question that was open."""
    dialog, floor = conversation.dialog, conversation.floor
    asked = floor.field if floor else dialog.by_role("confirm")
    if isinstance(event, Started):
        return _may_begin(dialog, event)
    if isinstance(event, Answered):
        found = all(fits(dialog, name, value) for name, value in event.findings.items())
        return found and 0 <= event.confidence <= 1 and _means(dialog, asked, event.interpretation)
    if isinstance(event, NoMatch):
        heard = event.alarm is None or fits(dialog, asked, event.alarm)
        return heard and (event.mentioned is None or event.mentioned in dialog.fields)
    return True


def _may_begin(dialog: Dialog, event: Started) -> bool:
    past = event.past
    pains = (past.last_pain, past.rest_pain, past.week.first_pain, past.week.last_pain)
    return (
        all(fits(dialog, name, value) for name, value in event.profile.items())
        and past.flags <= FLAGS
        and set(event.asks) <= dialog.fields.keys()
        and all(pain is None or 0 <= pain <= MAX_PAIN for pain in pains)
        and 0 <= past.rest_days <= MAX_DAYS
    )


def _means(dialog: Dialog, asked: str, meaning: Interpretation) -> bool:
    if meaning.outcome == "universal":
        return meaning.value in dialog.phrases.universals
    name = meaning.field or asked
    if meaning.outcome == "danger" and meaning.field is None:
        return False
    return name in dialog.fields and (meaning.value is None or fits(dialog, name, meaning.value))


def fits(dialog: Dialog, name: str, value: Value) -> bool:
    """Whether a field of the dialog can have this value."""
    field = dialog.fields.get(name)
    if field is None:
        return False
    if isinstance(field, FreeField):
        return isinstance(value, str)
    if isinstance(field, NumberField | DurationField):
        return isinstance(value, int) and 0 <= value <= bounds(field)[1]
    return value in (possible(field) or ())
