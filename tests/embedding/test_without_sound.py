"""What other programs import needs no sound library, nor anything but what the page names."""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
SOUND = ("vosk", "sounddevice", "pyttsx3", "soundfile", "soxr")
#: Holds a whole check and a warm-up, and cannot import what it is told to refuse.
HOLD = """
import json, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

refused = {*json.loads(sys.argv[1])}
sys.meta_path.insert(0, Refuse())
import voice_skill
early = sorted(m for m in sys.modules if m.startswith("voice_skill."))
from voice_skill import Check, Content, WarmUp
content = Content.load()
check = Check(content)
reply = check.begin()
while reply.listens:
    reply = check.hear("yes" if reply.asked in ("confirm", "readback", "symptom_now") else "no")
warm_up = WarmUp(content, "gentle")
answer, step = {"check_in": "all good", "floor": "no", "end": "one"}, warm_up.begin()
now = 0.0
while not step.finished:
    now = max(now + step.seconds, step.due_seconds or 0.0)
    step = warm_up.hear(answer[step.asked], now) if step.asked else warm_up.tick(now)
from voice_skill.cli import main
typed = main(["run", "--text", "--persona", "strain"])
led = main(["coach", "standard", "--virtual"])
aloud = main(["run"])
print(json.dumps({"early": early, "care": check.care, "warm_up": warm_up.care,
                  "commands": [typed, led, aloud], "loaded": sorted(sys.modules)}))
"""


def _needed_by(names: list[str]) -> set[str]:
    """The modules of these packages and of all that they need."""
    todo, packages = [*names], set[str]()
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name in packages:
            continue
        packages.add(name)
        for text in metadata.requires(name) or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                todo.append(need.name)
    modules = metadata.packages_distributions().items()
    return {module for module, homes in modules
            if packages & {re.sub(r"[-_.]+", "-", home).lower() for home in homes}}  # fmt: skip


def test_a_whole_check_and_a_warm_up_need_only_what_the_page_says() -> None:
    page = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    named = re.findall(r"^pip install (?!--)(.+)$", page, re.MULTILINE)[0].split()
    allowed = {"voice_skill", *_needed_by(named)}
    refused = sorted({*metadata.packages_distributions()} - allowed)
    assert {*SOUND, "numpy"} <= {*refused}
    child = subprocess.run(
        [sys.executable, "-c", HOLD, json.dumps(refused)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout.splitlines()[-1])
    assert told["early"] == [], "importing voice_skill loads nothing but itself"
    assert told["care"] == "URGENT", "no pain score was told"
    assert told["warm_up"] == "WARMUP"
    assert told["commands"] == [0, 0, 3]
    assert "is not installed; install all of it: pip install voice-skill" in child.stderr
    assert "unexpected" not in child.stderr
    assert not {*SOUND} & {*told["loaded"]}


def test_what_the_page_names_is_what_the_package_asks_for() -> None:
    page = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    named = re.findall(r"^pip install (?!--)(.+)$", page, re.MULTILINE)[0].split()
    required = re.findall(r'^    "([a-z0-9]+)>=', (ROOT / "pyproject.toml").read_text(), re.M)
    assert {*named} <= {*required}
