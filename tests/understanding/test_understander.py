"""Doubt never becomes no; the examples of the clinical brief mean what it says."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.english import ENGLISH
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.fields import ChoiceField, YesNoField
from voice_skill.paths import dialog_folder
from voice_skill.understanding.templates import phrases_of
from voice_skill.understanding.understander import Understander

DIALOG = Dialog.from_folder(dialog_folder())
UNDERSTANDER = Understander.from_dialog(DIALOG)
RED_FLAGS = [
    name
    for name, field in DIALOG.fields.items()
    if isinstance(field, YesNoField | ChoiceField)
    and field.role in ("question", "gate")
    and DIALOG.stage_of[name].id in ("emergency", "opening")
    and not (isinstance(field, YesNoField) and (field.settles or field.skippable))
]
NOES = [" ".join(p) for p in phrases_of(DIALOG.phrases.no, ENGLISH)]
FILLERS = list(DIALOG.phrases.fillers)
DOUBTS = [
    " ".join(p)
    for label in ("hedged_yes", "hedged_no", "dont_know", "refusal")
    for p in phrases_of(getattr(DIALOG.phrases, label), ENGLISH)
]
DANGERS = [" ".join(p) for d in DIALOG.phrases.danger for p in phrases_of(d.phrases, ENGLISH)]
surroundings = st.lists(st.sampled_from(NOES + FILLERS + ["no", "no", "nope"]), max_size=4)


def safe(name: str) -> set[object]:
    field = DIALOG.fields[name]
    return {"no"} if isinstance(field, YesNoField) else {next(iter(field.values)), "no", "none"}


@pytest.mark.parametrize(
    ("field", "pieces", "alarm"),
    [
        ("saddle", "yes bottom", "yes"),
        ("saddle", "no wait yes", "yes"),
        ("saddle", "bits are gone fuzzy with bum feel please", None),
        ("saddle", "okay no to day", None),
        ("saddle", "stop", None),
        ("saddle", "so i was you know numb between the legs i think", None),
        ("legs", "the both legs to day", "both"),
        ("legs", "one leg table", None),
        ("soreness_only", "yes bottom", None),
        ("readback", "yes bottom", None),
        ("age", "fifty to", None),
        ("opening", "yes bottom", None),
        ("confirm", "yes gone to", "yes"),
        ("confirm", "well no think yeah", None),
        ("confirm", "yes not sure", None),
        ("confirm", "maybe yes", None),
    ],
)
def test_of_pieces_only_the_gravest_answer_is_an_alarm(
    field: str, pieces: str, alarm: str | None
) -> None:
    assert UNDERSTANDER.alarm(field, pieces) == alarm


@pytest.mark.parametrize(
    ("field", "pieces", "mentioned"),
    [
        ("trend", "so i was you know numb between the legs i think", "saddle"),
        ("confirm", "no numb between my legs kitchen", "saddle"),
        ("saddle", "well i wet myself the kitchen", "bladder"),
        ("saddle", "numb between the legs kitchen", None),
        ("saddle", "was leaking coffee", None),
        ("trend", "the kitchen before summer", None),
    ],
)
def test_a_danger_phrase_among_pieces_names_its_question(
    field: str, pieces: str, mentioned: str | None
) -> None:
    assert UNDERSTANDER.mentioned(field, pieces) == mentioned


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(RED_FLAGS), surroundings, st.sampled_from(DOUBTS), surroundings)
def test_no_text_with_a_doubt_is_a_clear_no(
    field: str, before: list[str], doubt: str, after: list[str]
) -> None:
    meaning = UNDERSTANDER.interpret(field, " ".join([*before, doubt, *after]))
    assert not (meaning.outcome == "match" and meaning.value in safe(field))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(RED_FLAGS), surroundings, st.sampled_from(DANGERS), surroundings)
def test_no_text_with_a_danger_phrase_that_nothing_denies_is_a_clear_no(
    field: str, before: list[str], danger: str, after: list[str]
) -> None:
    said = ENGLISH.tokens(" ".join(before))
    assume(not UNDERSTANDER.net.scope.denied(said, 0, len(said)))  # "no numbness down there"
    meaning = UNDERSTANDER.interpret(field, " ".join([*before, danger, *after]))
    assert not (meaning.outcome == "match" and meaning.value in safe(field))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(DIALOG.fields)), st.text(max_size=60))
def test_any_text_at_all_is_understood_somehow(field: str, text: str) -> None:
    assert UNDERSTANDER.interpret(field, text).outcome


KNOWN = ("ach", "ha", "haha", "hi", "ji", "chief", "ache", "had")
"""All words of the letters below that may stand after a no: asides, and "no ache"."""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(RED_FLAGS),
    st.sampled_from(["no", "nope", "none"]),
    st.text("abcdefghij ", min_size=3, max_size=20),
)
def test_unknown_words_cloud_a_no(field: str, no: str, noise: str) -> None:
    words = [w for w in noise.split() if w not in FILLERS and w not in KNOWN]
    meaning = UNDERSTANDER.interpret(field, f"{no} {' '.join(words)}")
    if meaning.outcome == "match" and meaning.value in safe(field):
        assert all(w in "abdio" or len(w) == 1 for w in words) or not words


@pytest.mark.parametrize(
    ("field", "said", "outcome", "value"),
    [
        ("saddle", "no", "match", "no"),
        ("saddle", "nope, all fine down there", "match", "no"),
        ("saddle", "no idea", "unsure", None),
        ("saddle", "I don't know", "unsure", None),
        ("saddle", "not sure", "unsure", None),
        ("saddle", "not really", "unsure", "no"),
        ("saddle", "no, not normal", "match", "yes"),
        ("saddle", "yes and no", "match", "yes"),
        ("saddle", "a bit", "match", "yes"),
        ("saddle", "know", "nomatch", None),
        ("saddle", "no, well, actually when I wipe", "unsure", None),
        ("saddle", "toilet paper feels funny", "match", "yes"),
        ("saddle", "I wet myself", "danger", "yes"),
        ("bowel", "I'm constipated from codeine", "match", "no"),
        ("bowel", "no control", "match", "yes"),
        ("bladder", "I pee a lot, I drink loads", "match", "no"),
        ("legs", "it's swapped", "match", "both"),
        ("legs", "just my back", "match", "none"),
        ("legs", "no, one leg", "match", "one"),
        ("night_rest", "comes and goes", "match", "no"),
        ("tingle", "comes and goes", "match", "on_off"),
        ("weight_loss", "I lost weight on purpose for the race", "match", "no"),
        ("pain", "six out of ten", "match", 6),
        ("pain", "five or six", "match", 6),
        ("pain", "four and a half", "match", 5),
        ("pain", "about a six", "match", 6),
        ("pain", "this pain is killing me, well, a two", "match", 2),
        ("pain", "agony", "unsure", 9),
        ("pain", "oh, agony", "unsure", 9),
        ("pain", "oh, it is a seven", "match", 7),
        ("age", "I'm thirty four", "match", 34),
        ("days", "a fortnight", "match", 14),
        ("days", "two or three weeks", "match", 21),
        ("days", "a few weeks", "match", 21),
        ("days", "ages", "match", 365),
        ("days", "since Sunday", "match", 3),
        ("pregnant", "does not apply", "match", "no"),
        ("sexual", "skip", "match", "skip"),
        ("fever", "stop", "universal", "stop"),
        ("fever", "why do you ask", "universal", "why"),
    ],
)
def test_examples_of_the_brief(field: str, said: str, outcome: str, value: object) -> None:
    meaning = UNDERSTANDER.interpret(field, said, today_weekday=2)
    assert (meaning.outcome, meaning.value) == (outcome, value)


def test_free_speech_gives_positive_findings_only() -> None:
    assert UNDERSTANDER.harvest("it started when I was lifting a box")["onset"] == "lift_bend"
    assert "known_disc" not in UNDERSTANDER.harvest("I have no slipped disc")
    assert "trend" not in UNDERSTANDER.harvest("it is getting better")


def test_a_correction_belongs_to_the_question_before() -> None:
    meaning = UNDERSTANDER.interpret("leg_power", "no, I meant one leg", previous="legs")
    assert (meaning.field, meaning.value, meaning.reason) == ("legs", "one", "correction")


HESITATIONS = [" ".join(p) for p in phrases_of(DIALOG.phrases.hesitations, ENGLISH)]
YESES_AND_SOFT = (*DIALOG.phrases.yes, *DIALOG.phrases.hedged_yes)
YESES = [" ".join(p) for p in phrases_of(YESES_AND_SOFT, ENGLISH)]
pauses = st.lists(st.sampled_from(HESITATIONS), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(RED_FLAGS), pauses, st.sampled_from(YESES), pauses)
def test_hesitation_never_weakens_a_yes(
    field: str, before: list[str], yes: str, after: list[str]
) -> None:
    plain = UNDERSTANDER.interpret(field, yes)
    meaning = UNDERSTANDER.interpret(field, " ".join([*before, yes, *after]))
    if after[0] == "well" and yes.endswith((" is", " am", " do", "i'm")):
        # "it is" and "well" make "it is well": it is asked again
        assert meaning.outcome != "match" or meaning.value not in safe(field)
    else:
        assert meaning == plain


@pytest.mark.parametrize("field", RED_FLAGS)
def test_no_yes_and_no_half_yes_is_ever_a_no_with_or_without_hesitation(field: str) -> None:
    for yes in YESES:
        for text in (
            yes,
            *(f"{yes} {h}" for h in HESITATIONS),
            *(f"{h} {yes}" for h in HESITATIONS),
        ):
            meaning = UNDERSTANDER.interpret(field, text)
            assert meaning.outcome != "match" or meaning.value not in safe(field), text


@pytest.mark.parametrize(
    "said",
    ["it comes", "it goes", "it stops", "pee stops", "it stops and starts", "it comes and goes"],
)
def test_water_that_only_comes_and_goes_is_no_denial(said: str) -> None:
    assert UNDERSTANDER.interpret("bladder", said).value != "no"


@pytest.mark.parametrize(
    "said", ["it goes fine", "it goes and stops when i want", "it starts fine and stops on demand"]
)
def test_water_that_goes_well_is_one(said: str) -> None:
    meaning = UNDERSTANDER.interpret("bladder", said)
    assert (meaning.outcome, meaning.value) == ("match", "no")


@settings(max_examples=200, deadline=None)
@example("symptom_now", ["well"], "no i feel perfectly well")
@given(st.sampled_from(RED_FLAGS), pauses, st.sampled_from(NOES))
def test_a_hesitated_no_is_never_a_clear_one(field: str, before: list[str], no: str) -> None:
    meaning = UNDERSTANDER.interpret(field, " ".join([*before, no]))
    assert (
        meaning.outcome != "match" or meaning.reason != "clear" or meaning.value not in safe(field)
    )
    trailing = UNDERSTANDER.interpret(field, " ".join([no, *before]))
    assert not (trailing.outcome == "match" and trailing.value in safe(field))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(DIALOG.fields)),
    st.sampled_from([*NOES, *YESES, *DOUBTS, *DANGERS, "six", "a week", "thirty one"]),
    st.integers(1, 4),
)
def test_an_end_that_comes_back_changes_no_meaning(field: str, said: str, size: int) -> None:
    end = " ".join(said.split()[-size:])
    echo = f"{said} {end}"
    assume(DIALOG.fields[field].kind != "free")
    assume(end not in HESITATIONS)  # "I feel well. Well..."
    assert UNDERSTANDER.interpret(field, echo) == UNDERSTANDER.interpret(field, said)


COURTESIES = DIALOG.phrases.courtesies
polite_before = st.lists(
    st.sampled_from([" ".join(p) for p in phrases_of(COURTESIES.before, ENGLISH)])
)
polite_after = st.lists(
    st.sampled_from([" ".join(p) for p in phrases_of(COURTESIES.after, ENGLISH)])
)
PLAIN = {" ".join(p) for p in phrases_of(DIALOG.phrases.plain, ENGLISH)}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(RED_FLAGS), polite_before, st.sampled_from(NOES), polite_after)
def test_by_ear_a_no_in_chat_is_never_certain(
    field: str, before: list[str], no: str, after: list[str]
) -> None:
    said = " ".join([*before, no, *after])
    assume(said not in PLAIN)
    meaning = UNDERSTANDER.interpret(field, said)
    eased = meaning.outcome == "match" and meaning.value in safe(field)
    assert not (eased and UNDERSTANDER.clear_by_ear(field, said, meaning))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([*RED_FLAGS, "confirm"]),
    polite_before,
    st.sampled_from(DOUBTS),
    st.sampled_from(["", "no", "nope", "not at all"]),
    polite_after,
)
def test_courtesy_never_makes_a_doubt_clear(
    field: str, before: list[str], doubt: str, no: str, after: list[str]
) -> None:
    said = " ".join([*before, doubt, no, *after])
    meaning = UNDERSTANDER.interpret(field, said)
    eased = {"yes"} if field == "confirm" else safe(field)
    assert not (meaning.outcome == "match" and meaning.value in eased)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(RED_FLAGS), polite_before, st.sampled_from(YESES), polite_after)
def test_courtesy_never_weakens_a_yes(
    field: str, before: list[str], yes: str, after: list[str]
) -> None:
    plain = UNDERSTANDER.interpret(field, yes)
    polite = UNDERSTANDER.interpret(field, " ".join([*before, yes, *after]))
    assert polite.outcome == plain.outcome
    assert polite.value == plain.value or polite.outcome == "unsure"


@pytest.mark.parametrize("said", ["none today", "no, today", "okay, no, nothing today"])
def test_a_no_for_today_says_nothing_of_yesterday(said: str) -> None:
    meaning = UNDERSTANDER.interpret("saddle", said)
    assert (meaning.outcome, meaning.reason) == ("unsure", "unclear")


@pytest.mark.parametrize("said", ["right", "that's right", "correct", "well, sure"])
def test_a_half_yes_to_the_summary_is_weak(said: str) -> None:
    meaning = UNDERSTANDER.interpret("readback", said)
    assert (meaning.value, meaning.reason) == ("yes", "weak")


@pytest.mark.parametrize(
    ("field", "said", "clear"),
    [
        ("saddle", "no", True),
        ("saddle", "no not at all", True),
        ("saddle", "yes", True),
        ("saddle", "some numbness", True),
        ("saddle", "not sure", True),
        ("saddle", "no numbness", False),
        ("saddle", "no nothing", False),
        ("very_ill", "never", False),
        ("saddle", "um no", False),
        ("leg_power", "can walk on my toes", False),
        ("leg_power", "i can't walk", True),
        ("legs", "none", False),
        ("legs", "in my leg", False),
        ("legs", "in my legs", True),
        ("both_new", "no", False),
        ("both_new", "new", True),
        ("age", "thirty", False),
        ("pain", "two", True),
        ("readback", "yes", True),
        ("readback", "um yes", False),
        ("readback", "no", True),
        ("confirm", "yes", True),
        ("confirm", "er let me see yes", True),
        ("confirm", "oh well yes thank you", True),
        ("confirm", "yes doctor", True),
        ("confirm", "yes it is", False),
        ("saddle", "no thank you", True),
        ("saddle", "no doctor", False),
        ("saddle", "oh no", False),
        ("saddle", "so yes honestly", True),
    ],
)
def test_by_ear_only_plain_answers_reassure_at_once(field: str, said: str, clear: bool) -> None:
    meaning = UNDERSTANDER.interpret(field, said)
    assert UNDERSTANDER.clear_by_ear(field, said, meaning) is clear


def test_by_ear_a_correction_reassures_only_in_plain_words() -> None:
    for said, clear in (("no i meant no", True), ("no i meant no numbness", False)):
        meaning = UNDERSTANDER.interpret("bladder", said, previous="saddle")
        assert (meaning.field, meaning.value) == ("saddle", "no")
        assert UNDERSTANDER.clear_by_ear("bladder", said, meaning) is clear
