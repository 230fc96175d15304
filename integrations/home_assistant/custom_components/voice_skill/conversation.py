"""The conversation: each turn goes to the service, and the microphone stays open between turns."""

from typing import Literal

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .client import Reply, Unreachable, says

UNREACHABLE = "The back check cannot be reached, so there is no result. {why}"


async def async_setup_entry(
    hass: HomeAssistant, entry: ConfigEntry, add: AddConfigEntryEntitiesCallback
) -> None:
    """One conversation for each service."""
    add([BackCheck(entry)])


class BackCheck(conversation.ConversationEntity):
    """Holds the check and the warm-up with whoever speaks to a satellite."""

    _attr_has_entity_name = True
    _attr_name = None

    def __init__(self, entry: ConfigEntry) -> None:
        self._host, self._port = entry.data[CONF_HOST], entry.data[CONF_PORT]
        self._attr_unique_id = entry.entry_id
        self._attr_name = entry.title

    @property
    def supported_languages(self) -> list[str] | Literal["*"]:
        """The dialog is written in English."""
        return ["en"]

    async def _async_handle_message(
        self, user_input: conversation.ConversationInput, chat_log: conversation.ChatLog
    ) -> conversation.ConversationResult:
        context = {"conversation_id": chat_log.conversation_id}
        for name in ("device_id", "satellite_id"):
            if value := getattr(user_input, name, None):
                context[name] = value
        response = intent.IntentResponse(language=user_input.language)
        try:
            reply = await says(self._host, self._port, user_input.text, context)
        except Unreachable as error:
            reply = Reply(UNREACHABLE.format(why=error), False, False)
        if reply.is_ours:
            response.async_set_speech(reply.text)
        else:
            code = intent.IntentResponseErrorCode.NO_VALID_TARGETS
            response.async_set_error(code, reply.text)
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=user_input.agent_id, content=reply.text)
        )
        return conversation.ConversationResult(
            response, chat_log.conversation_id, continue_conversation=reply.listens
        )
