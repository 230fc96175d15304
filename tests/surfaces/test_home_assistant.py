"""The parts of the Home Assistant integration that need no Home Assistant.

The whole of it is tried by scripts/test-home-assistant.
"""

import importlib.util
import json
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.surfaces.conftest import Client
from voice_skill.content import Content
from voice_skill.dialog.dialog import Dialog
from voice_skill.surfaces.turns.holding import House

HERE = Path(__file__).parents[2] / "integrations" / "home_assistant"
COMPONENT = HERE / "custom_components" / "voice_skill"


@pytest.fixture(scope="module")
def component() -> ModuleType:
    spec = importlib.util.spec_from_file_location("component_client", COMPONENT / "client.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["component_client"] = module
    spec.loader.exec_module(module)
    return module


def place(client: Client) -> tuple[str, int]:
    parts = urlsplit(client.uri)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def test_it_opens_the_microphone_while_the_check_asks(
    client: Client, component: ModuleType, dialog: Dialog
) -> None:
    context = {"conversation_id": "house", "device_id": "kitchen"}
    told = client.run(component.says(*place(client), "Start my back check.", context))
    assert (told.is_ours, told.listens) == (True, True)
    assert dialog.text(dialog.intro) in told.text
    told = client.run(component.says(*place(client), "Stop.", context))
    assert (told.is_ours, told.listens) == (True, False)


def test_what_is_not_for_the_check_is_said_to_be_none(
    client: Client, component: ModuleType
) -> None:
    told = client.run(component.says(*place(client), "turn on the light", {}))
    assert (told.is_ours, told.listens) == (False, False)
    assert told.text


def test_it_knows_the_service_from_others(client: Client, component: ModuleType) -> None:
    assert client.run(component.is_back_check(*place(client)))


def test_where_nothing_answers_it_says_what_to_do(client: Client, component: ModuleType) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(component.Unreachable, match="start voice-skill serve"):
            client.run(component.says("127.0.0.1", free.getsockname()[1], "hello", {}))


def test_its_texts_are_all_there() -> None:
    texts = json.loads((COMPONENT / "strings.json").read_text())
    assert texts == json.loads((COMPONENT / "translations" / "en.json").read_text())
    flow = (COMPONENT / "config_flow.py").read_text()
    for reason in ("cannot_connect", "no_back_check"):
        assert reason in flow
        assert {*texts["config"]["error"], *texts["config"]["abort"]} >= {reason}
    manifest = json.loads((COMPONENT / "manifest.json").read_text())
    assert manifest["domain"] == COMPONENT.name
    assert manifest["version"]


def test_the_blueprint_begins_a_check_and_never_invents_an_answer(content: Content) -> None:
    class Loader(yaml.SafeLoader):
        """Knows `!input`."""

    Loader.add_constructor("!input", lambda loader, node: f"!input {node.value}")
    file = HERE / "blueprints" / "script" / "voice_skill" / "back_check.yaml"
    found: dict[str, Any] = yaml.load(file.read_text(), Loader)
    inputs = found["blueprint"]["input"]
    assert House(content).begins(inputs["begin"]["default"])
    assert found["variables"]["silence"] == "<silence>"
    assert {"satellite", "agent", "begin"} == inputs.keys()
