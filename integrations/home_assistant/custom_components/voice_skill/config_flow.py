"""Adding a service: by hand, or as the network tells of it."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .client import Unreachable, is_back_check
from .const import DEFAULT_HOST, DEFAULT_PORT, DOMAIN

TITLE = "Back check"
SCHEMA = vol.Schema(
    {
        vol.Required(CONF_HOST, default=DEFAULT_HOST): str,
        vol.Required(CONF_PORT, default=DEFAULT_PORT): int,
    }
)


class BackCheckFlow(ConfigFlow, domain=DOMAIN):
    """Asks where `voice-skill serve` listens."""

    VERSION = 1
    _place: dict[str, Any]

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """By hand."""
        errors: dict[str, str] = {}
        if user_input is not None:
            problem = await _problem(user_input)
            if problem is None:
                return await self._added(user_input)
            errors["base"] = problem
        return self.async_show_form(step_id="user", data_schema=SCHEMA, errors=errors)

    async def async_step_zeroconf(self, discovery_info: ZeroconfServiceInfo) -> ConfigFlowResult:
        """The network tells of one."""
        self._place = {CONF_HOST: discovery_info.host, CONF_PORT: discovery_info.port}
        await self.async_set_unique_id(f"{discovery_info.host}:{discovery_info.port}")
        self._abort_if_unique_id_configured()
        problem = await _problem(self._place)
        if problem is not None:
            return self.async_abort(reason=problem)
        self.context["title_placeholders"] = {"name": TITLE}
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Whether to add what was found."""
        if user_input is None:
            place = {name: str(value) for name, value in self._place.items()}
            return self.async_show_form(step_id="confirm", description_placeholders=place)
        return await self._added(self._place)

    async def _added(self, place: dict[str, Any]) -> ConfigFlowResult:
        await self.async_set_unique_id(f"{place[CONF_HOST]}:{place[CONF_PORT]}")
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title=TITLE, data=place)


async def _problem(place: dict[str, Any]) -> str | None:
    """Why a place cannot be used, by the name of its text."""
    try:
        found = await is_back_check(place[CONF_HOST], place[CONF_PORT])
    except Unreachable:
        return "cannot_connect"
    return None if found else "no_back_check"
