"""In mid-drill only contentment that is understood word by word lets the count go on."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coaching.conftest import Hold
from tests.english import ENGLISH
from voice_skill.coaching.library import Library
from voice_skill.coaching.meaning import Meaning
from voice_skill.understanding.templates import phrases_of
from voice_skill.visit.warm_up import Row

AT = 115.0
DRILL = "hip_swing_fb"
TABLE = Path(__file__).with_name("mid_drill.tsv")
ROWS = [(row["kind"], row["text"]) for row in csv.DictReader(TABLE.open(), delimiter="\t")]
HURTS, HOW_MUCH, ASKED_AGAIN = "Does that hurt?", "Zero to ten?", "No, or yes: does anything hurt?"
MEANT = {
    "pain": {"hurts", "complaint", "unknown", "not_fine", "doubt", "drill", "danger"},
    "leg": {"travels", "hurts"},
    "danger": {"danger"},
    "stop": {"command", "rest", "not_fine", "unknown"},
    "fine": {"fine"},
}
NOES = [
    "no",
    "nope",
    "nah",
    "not at all",
    "no it doesn't",
    "no i'm fine",
    "no i was just talking",
    "no carry on",
    "feels great",
    "no, no pain.",
]
NO_NOES = [
    "a bit",
    "yes but only a little",
    "no it hurts",
    "yeah no",
    "my hip",
    "i don't know",
    "no, pain",
    "sort of no",
    "it does",
    "no apart from my back",
    "not sure",
    "yes i'm fine",
    "that's better",
    "it's getting easier",
    "i feel much better",
]
TAILS = [
    "but my back",
    "except the left side",
    "not really",
    "i think",
    "sort of",
    "until it hurts",
    "no",
    "ow",
    "a bit",
    "apart from my hip",
    "isn't it",
    "though",
    "or maybe not",
    "for now",
    "when i stop",
    "in a way",
    "he said",
    "was",
    "not",
    "never",
    "dizzy",
    "my leg",
    "я",
    "😬",
    "7/10",
    "a four",
]
NEGATIONS = [
    "not",
    "isn't",
    "hardly",
    "don't",
    "never",
    "almost",
    "nearly",
    "less",
    "i wish it was",
    "was it",
    "if only",
    "he's",
    "i'd be",
    "won't be",
    "should be",
    "far from",
]
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def meant(library: Library, text: str, free: bool = True) -> Meaning:
    return library.ear.understand(text, DRILL, None, free)


def after(rows: list[Row], at: float = AT) -> list[Row]:
    """What the coach says and counts from then on."""
    return [row for row in rows if row.at_seconds >= at and row.kind in ("say", "count", "end")]


def said(rows: list[Row], at: float = AT) -> list[str]:
    return [row.text for row in after(rows, at) if row.kind == "say"]


def test_the_table_is_large_and_holds_every_kind() -> None:
    assert len(ROWS) > 400
    assert {kind for kind, _ in ROWS} == set(MEANT)


@pytest.mark.parametrize(("kind", "text"), ROWS, ids=[text for _, text in ROWS])
def test_all_but_contentment_stops_the_count(
    hold: Hold, library: Library, kind: str, text: str
) -> None:
    _, rows, _ = hold(said=[(AT, text)])
    assert (after(rows)[0].kind == "count") == (kind == "fine")
    assert meant(library, text).kind in MEANT[kind]


@pytest.mark.parametrize("text", ["something just went in my back", "i fell", "the bus is late"])
def test_what_may_be_pain_is_asked_about_and_yes_asks_how_much(hold: Hold, text: str) -> None:
    outcome, rows, _ = hold(said=[(AT, text), (AT + 3, "yes"), (AT + 6, "seven")])
    assert said(rows)[:2] == [HURTS, HOW_MUCH]
    assert outcome == "rest"


@pytest.mark.parametrize("no", NOES)
def test_a_clear_no_lets_the_count_go_on_where_it_was(hold: Hold, no: str) -> None:
    outcome, rows, _ = hold(said=[(AT, "the bus is late"), (AT + 3, no)])
    assert said(rows)[0] == HURTS
    assert HOW_MUCH not in said(rows)
    assert outcome == "run"
    counts = [row.text for row in rows if row.kind == "count" and row.drill == DRILL]
    assert counts == [str(n) for n in (*range(1, 11), *range(1, 11))]


@pytest.mark.parametrize("answer", NO_NOES)
def test_any_other_answer_asks_how_much(hold: Hold, answer: str) -> None:
    outcome, rows, _ = hold(said=[(AT, "whatever was that about"), (AT + 3, answer)])
    assert said(rows)[:2] == [HURTS, HOW_MUCH]
    assert outcome == "rest"  # no number is told


@pytest.mark.parametrize(
    "answer", ["no but", "no not really", "нет", "no но", "rhubarb", "no what"]
)
def test_what_is_no_clear_answer_is_asked_again_and_then_it_rests(hold: Hold, answer: str) -> None:
    outcome, rows, _ = hold(said=[(AT, "i fell"), (AT + 3, answer), (AT + 12, answer)])
    assert ASKED_AGAIN in said(rows)
    assert not [row for row in after(rows) if row.kind == "count"]
    assert outcome == "rest"


def test_silence_after_it_is_asked_again_and_then_it_rests(hold: Hold) -> None:
    outcome, rows, _ = hold(said=[(AT, "help me")])
    assert ASKED_AGAIN in said(rows)
    assert any("Are you okay?" in text for text in said(rows))
    assert outcome == "rest"


def test_no_command_gets_around_the_question(hold: Hold) -> None:
    lines = [(AT, "something popped"), (AT + 3, "skip"), (AT + 6, "resume"), (AT + 9, "back")]
    outcome, rows, _ = hold(said=lines)
    assert not [row for row in after(rows) if row.kind == "count"]
    assert outcome == "rest"


def test_a_sign_in_answer_to_it_ends_the_warm_up(hold: Hold) -> None:
    assert hold(said=[(AT, "i fell"), (AT + 3, "i feel dizzy")])[0] == "EMERGENCY"
    assert hold(said=[(AT, "i fell"), (AT + 3, "it goes down my leg")])[0] not in ("run", "walk")


def test_a_figure_of_pain_is_obeyed_and_a_count_is_not(hold: Hold) -> None:
    assert hold(said=[(AT, "that's a nine now")])[0] == "URGENT"
    assert hold(said=[(AT, "seven eight nine")])[0] == "run"
    assert HOW_MUCH in said(hold(said=[(AT, "7/10")])[1])


@pytest.mark.parametrize(("text", "outcome"), [
    ("two", "run"), ("about a two", "run"), ("it's a bad one", "rest"), ("nine", "URGENT"),
    ("two paracetamol haven't touched it", "rest"), ("out of ten i'd say eight", "URGENT"),
])  # fmt: skip
def test_a_number_among_other_words_is_no_number_of_pain(
    hold: Hold, text: str, outcome: str
) -> None:
    assert hold(said=[(AT, "ow"), (AT + 4, text)])[0] == outcome


def test_chat_in_a_pause_is_left_alone_and_a_complaint_is_not(hold: Hold) -> None:
    chat = [(AT, "hang on a sec"), (AT + 4, "i'm only tying my lace"), (AT + 8, "resume")]
    outcome, rows, _ = hold(said=chat)
    assert HURTS not in said(rows)
    assert outcome == "run"
    assert HURTS in said(hold(said=[(AT, "wait"), (AT + 4, "my back's gone into spasm")])[1])


def glad(library: Library) -> list[str]:
    said = library.wording.sentences
    return [
        " ".join(words) for t in (said.content, said.asides) for words in phrases_of(t, ENGLISH)
    ]


def test_every_contentment_goes_on_by_itself(library: Library) -> None:
    ear = library.ear
    assert [t for t in glad(library)[::7] if ear.understand(t, free=True).kind != "fine"] == []


@QUICK
@given(data=st.data(), tail=st.sampled_from(TAILS))
def test_contentment_with_anything_after_it_never_goes_on(
    library: Library, data: st.DataObject, tail: str
) -> None:
    text = data.draw(st.sampled_from(glad(library)))
    assert meant(library, f"{text} {tail}").kind not in ("fine", "unclear", "number")


@QUICK
@given(data=st.data(), head=st.sampled_from(NEGATIONS))
def test_contentment_that_is_turned_never_goes_on(
    library: Library, data: st.DataObject, head: str
) -> None:
    text = data.draw(st.sampled_from(glad(library)))
    assert meant(library, f"{head} {text}").kind not in ("fine", "unclear", "number")


@QUICK
@given(data=st.data(), word=st.text(min_size=1, max_size=12), place=st.integers(0, 8))
def test_contentment_with_a_word_that_is_none_never_goes_on(
    library: Library, data: st.DataObject, word: str, place: int
) -> None:
    said = library.wording.sentences
    known = {w for t in (said.content, said.asides, said.around, library.wording.answers.fine)
             for words in phrases_of(t, ENGLISH) for w in words}  # fmt: skip
    words = data.draw(st.sampled_from(glad(library))).split()
    found = " ".join([*words[:place], word, *words[place:]])
    if any(char.isalpha() for char in word) and not {*word.lower().split()} & known:
        assert meant(library, found).kind not in ("fine", "unclear")


@QUICK
@given(text=st.text(alphabet="abcdefghij no'.,!?-7", max_size=60))
def test_no_text_is_silently_dropped(library: Library, text: str) -> None:
    """All that holds a letter or a figure is understood or asked about."""
    if any(char.isalnum() for char in text.encode("ascii").decode()):
        assert meant(library, text).kind != "unclear"


def test_text_of_any_length_is_understood(library: Library) -> None:
    assert meant(library, "wait " * 5000) == Meaning("command", "pause")
    assert meant(library, "good " * 5000 + "ow").kind == "hurts"


def test_nothing_around_contentment_turns_or_doubts_it(library: Library) -> None:
    said = library.wording.sentences
    turning = {"not", "no", "never", "but", "except", "maybe", "hardly", "almost", "nearly", "n't",
               "don't", "isn't", "though", "however", "until", "think", "guess", "was"}  # fmt: skip
    for templates in (said.around, said.closers, said.degrees):
        words = {word for phrase in phrases_of(templates, ENGLISH) for word in phrase}
        assert not words & (turning - ({"was"} if templates is said.degrees else set()))


@pytest.mark.parametrize("text", ["coffee", "table", "my friend", "the rhubarb", "back the bird"])
def test_stray_words_by_ear_ask_nothing(library: Library, text: str) -> None:
    """The recogniser's grammar forces others' talk into its words; a sentence of one's own is free
    speech alone."""
    assert meant(library, text, free=False).kind == "unclear"
    assert meant(library, text, free=True).kind != "unclear"


def test_a_no_by_ear_is_asked_about_once_more_since_ow_sounds_like_it(library: Library) -> None:
    by_ear = library.ear.understand("no", DRILL, "hurting")
    assert by_ear == Meaning("painless", "perhaps")
    assert library.ear.understand("no it doesn't", DRILL, "hurting") == Meaning("painless")
    assert library.ear.understand("no", DRILL, "hurting", free=True) == Meaning("painless")
