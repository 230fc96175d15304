"""What would follow an event is worked out, and thrown away, without a trace."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.effects import Adjust, Finish, Listen
from voice_skill.dialog.events import Event
from voice_skill.visit.conversation import Conversation

SAID = ("yes", "no", "no but a bit", "thirty four", "my low back hurts", "repeat", "slower", "stop",
        "i wet myself", "four", "three days", "lifting", "go back")  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=12), st.sampled_from(SAID))
def test_a_proposal_leaves_no_trace_and_is_what_comes(
    dialog: Dialog, said: list[str], last: str
) -> None:
    kept: list[Event] = []
    conversation = Conversation.from_dialog(dialog, kept.append)
    conversation.begin()
    for text in said:
        conversation.hear(text)
    before = copy.copy((conversation.state, conversation.floor, len(kept), len(conversation.turns)))
    event = conversation.event_of_answer(last, 0.9, True)
    proposal = conversation.propose(event)
    now = (conversation.state, conversation.floor, len(kept), len(conversation.turns))
    assert before == now
    assert conversation.take(event) == proposal.effects
    assert proposal.asks_on == (
        bool(proposal.effects)
        and isinstance(proposal.effects[-1], Listen)
        and not any(isinstance(e, Finish | Adjust) for e in proposal.effects)
    )
    assert not (proposal.asks_on and conversation.finished)
