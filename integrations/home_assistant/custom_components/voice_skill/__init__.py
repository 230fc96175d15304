"""The back check as a conversation of Home Assistant."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_PORT, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady

from .client import Unreachable, is_back_check

PLATFORMS = [Platform.CONVERSATION]


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Begin to use a service."""
    try:
        await is_back_check(entry.data[CONF_HOST], entry.data[CONF_PORT])
    except Unreachable as error:
        raise ConfigEntryNotReady(str(error)) from error
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Use it no more."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
