"""Commands that let others in: serve."""

import asyncio
import importlib.util
from typing import Any

from voice_skill.cli.command import Options, add_command, add_model, load_content
from voice_skill.errors import AudioError, UsageError
from voice_skill.files import reason

URI = "tcp://127.0.0.1:10700"


def register(commands: Any) -> None:
    """Add these commands to the command line."""
    serve = add_command(
        commands, "serve", _serve, "be a Wyoming service for assistants such as Home Assistant",
        ("voice-skill serve", "voice-skill serve --uri tcp://0.0.0.0:10700 --zeroconf"),
    )  # fmt: skip
    serve.add_argument("--uri", default=URI, help=f"where to listen (default {URI})")
    serve.add_argument("--zeroconf", action="store_true", help="let the local network find it")
    serve.add_argument("--guests", action="store_true",
                       help="several people use it: know nobody, and keep nothing")  # fmt: skip
    add_model(serve)


def _serve(options: Options) -> int:
    if importlib.util.find_spec("wyoming") is None:
        raise UsageError("serve needs a library: pip install 'voice-skill[serve]'")
    from voice_skill.models.folder import find_model
    from voice_skill.surfaces.wyoming.server import Place, serve
    from voice_skill.surfaces.wyoming.service import Service

    place = Place.from_uri(options.uri)
    if options.zeroconf and place.is_loopback:
        raise UsageError("--zeroconf tells others of a place that only this machine reaches; "
                         "add --uri tcp://0.0.0.0:10700")  # fmt: skip
    service = Service(load_content(options), find_model(options.model), options.guests)
    try:
        asyncio.run(serve(service, place, options.zeroconf))
    except OSError as error:
        raise AudioError(f"{options.uri}: {reason(error)}; name another with --uri") from None
    finally:
        service.close()
    return 0
