"""Check of the ear: every answer is made of words that the speech model knows."""

from collections.abc import Iterator

from voice_skill.errors import ModelError
from voice_skill.listening.answer_grammar import left_out, unspeakable
from voice_skill.models.folder import find_model
from voice_skill.models.vocabulary import speakable, vocabulary
from voice_skill.proof.finding import Finding
from voice_skill.proof.table import Table

RULE = "every_answer_can_be_heard"


def answers(table: Table) -> Iterator[Finding]:
    """Every word of every answer, also to the coach, is known to the model that sessions use."""
    try:
        words = vocabulary(find_model())
    except ModelError as error:
        yield Finding(RULE, "warning", f"there is no model to hear with: {error}")
        return
    for problem in unspeakable(table.dialog, words):
        yield Finding(RULE, "error", problem, "add a way to say it in words that the model knows")
    lacking: dict[str, list[str]] = {}
    for text, (_, word) in left_out(table.dialog, words).items():
        lacking.setdefault(word, []).append(text)
    for about, phrases in table.coach.heard.items() if table.coach else ():
        known, missing = speakable(phrases, words)
        for text, word in missing.items():
            lacking.setdefault(word, []).append(text)
        if not known:
            yield Finding(RULE, "error", f"the model knows none of the words for '{about}'",
                          "add a way to say it", ("coach", about))  # fmt: skip
    for word, texts in sorted(lacking.items()):
        yield Finding(RULE, "warning",
                      f"the speech model does not know '{word}', so {len(texts)} phrases, such as "
                      f"'{texts[0]}', count only when typed",
                      "use another word, teach the model (voice-skill model add-words), or declare "
                      "it in safety.yaml", ("word", word))  # fmt: skip
