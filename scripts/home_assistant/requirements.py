"""What the parts of Home Assistant need that the job uses, by their manifests: a line each.

Run alone, by the Python that has homeassistant: python requirements.py
"""

import json
from pathlib import Path

import homeassistant

ROOT = Path(homeassistant.__file__).parent / "components"
USED = ["wyoming", "conversation", "assist_pipeline", "assist_satellite", "stt", "tts",
        "onboarding", "config", "websocket_api", "http", "zeroconf", "script", "api", "auth",
        "media_source", "frontend", "hassio", "stream", "camera", "analytics", "infrared",
        "radio_frequency", "image_processing", "backup"]  # fmt: skip


def requirements() -> set[str]:
    """Of all that is used, and of what that depends on."""
    left, seen, found = [*USED], set(), set()
    while left:
        name = left.pop()
        manifest = ROOT / name / "manifest.json"
        if name not in seen and manifest.is_file():
            seen.add(name)
            about = json.loads(manifest.read_text())
            found |= set(about.get("requirements", ()))
            left += about.get("dependencies", ())
    return found


if __name__ == "__main__":
    print("\n".join(sorted(requirements())))
