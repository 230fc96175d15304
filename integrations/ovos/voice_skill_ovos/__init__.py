"""The back check as a skill of Open Voice OS.

The assistant hears and speaks; what is asked, understood and decided is voice_skill's own. Its
recogniser is another's, so that every answer is read back.
"""

from ovos_bus_client.message import Message
from ovos_utils import classproperty
from ovos_utils.process_utils import RuntimeRequirements
from ovos_workshop.decorators import intent_handler
from ovos_workshop.skills.converse import ConversationalSkill

from voice_skill.content import Content
from voice_skill.paths import dialog_folder
from voice_skill.storage.settings import texts
from voice_skill.storage.store import Store
from voice_skill.surfaces.turns.holding import Holding, House
from voice_skill.surfaces.turns.talk import Left
from voice_skill.surfaces.turns.turn import Said
from voice_skill_ovos.partner import Partner

DANGER = "voice_skill.danger"


class BackCheckSkill(ConversationalSkill):
    """Begins by an intent, or by a danger phrase while the skill is the active one."""

    @classproperty
    def runtime_requirements(self) -> RuntimeRequirements:
        """Nothing of the network; without this the skill would not be loaded offline."""
        return RuntimeRequirements(
            internet_before_load=False,
            network_before_load=False,
            requires_internet=False,
            requires_network=False,
            no_internet_fallback=True,
            no_network_fallback=True,
        )

    def initialize(self) -> None:
        """Read the dialog once."""
        content = Content.from_folder(dialog_folder(), texts(Store.from_platform()))
        self._house = House(content)
        self._understander = content.understander
        self._partner: Partner | None = None
        self.add_event(DANGER, self._tell_danger)

    @intent_handler("back_check.intent")
    def handle_back_check(self, message: Message) -> None:
        """Somebody asks for a check."""
        self._hold()

    def _hold(self, first: Said | None = None) -> None:
        """Hold a check to its end. first: what was said before it was begun."""
        if self._partner is not None:
            return
        self._partner = Partner(self, first)
        try:
            Holding(self._house, self._partner, adjust=lambda effect: False).run()
            self._partner.finish()
        except Left:
            self.log.info("the check was left; what was said is kept")
        finally:
            self._partner = None

    def can_converse(self, message: Message) -> bool:
        """Whether what was said is ours: spoken into a warm-up, or a danger."""
        return self._partner is not None or self._is_danger(_words(message))

    def converse(self, message: Message) -> bool:
        """Take it. True: nobody else need understand it."""
        words = _words(message)
        if self._partner is not None:
            return self._partner.interrupt(words)
        if not self._is_danger(words):
            return False
        self.bus.emit(message.forward(DANGER, {"utterances": [words]}))
        return True

    def _is_danger(self, words: str) -> bool:
        opening = self._house.dialog.by_role("opening")
        return self._understander.interpret(opening, words).outcome == "danger"

    def _tell_danger(self, message: Message) -> None:
        """A check that begins with what was said; in a handler of its own, since it takes long."""
        self._hold(Said.elsewhere(_words(message)))

    def can_stop(self, message: Message) -> bool:
        """Whether there is a check to stop."""
        return self._partner is not None

    def stop(self) -> bool:
        """The assistant's own stop: the check's stop, which still says what is known."""
        return self._partner is not None and self._partner.interrupt("stop")

    def shutdown(self) -> None:
        """The assistant ends: what was said so far is kept."""
        if self._partner is not None:
            self._partner.leave()


def _words(message: Message) -> str:
    utterances = message.data.get("utterances") or [""]
    return str(utterances[0])
