"""`voice-skill sessions`: list, show and delete what is kept."""

import json
import sys
from pathlib import Path

from voice_skill.errors import StorageError
from voice_skill.private import claimed
from voice_skill.runtime.way_back import CUT_OFF
from voice_skill.storage.journal import read
from voice_skill.storage.store import Store
from voice_skill.storage.traces import forget_sounds
from voice_skill.storage.warm_up_journal import COACH


def list_sessions(as_json: bool) -> int:
    """One line a session, oldest first."""
    store = Store.from_platform()
    rows = [_row(path) for path in store.journals()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['name']}  {row['result']}")
    if not rows:
        print("no sessions are kept", file=sys.stderr)
    return 0


def _row(path: Path) -> dict[str, str]:
    try:
        record = read(path)
    except StorageError:
        return {"name": path.stem, "result": "damaged"}
    for note in reversed(record.notes):
        if "finished" in note:
            return {"name": path.stem, "result": str(note["finished"] or "stopped")}
    return {"name": path.stem, "result": "cut off"}


def show_session(name: str, as_json: bool) -> int:
    """Print the report of a session, or where it stands if it was cut off."""
    path = Store.from_platform().find(name)
    report = path.with_suffix(".json" if as_json else ".txt")
    if report.exists():
        print(report.read_text(encoding="utf-8", errors="replace"), end="")
        return 0
    record = read(path)
    if as_json:
        print(json.dumps({"care": None, "finished": False, "events": len(record.events)}))
    else:
        print(f"{path.stem}: cut off after {len(record.events)} events; no result")
    return 0


def delete_session(name: str) -> int:
    """Delete one session, the last one, or all."""
    store = Store.from_platform()
    paths = store.journals() if name == "all" else [store.find(name)]
    running = [path for path in paths if not _deleted(store, path)]
    if name == "all":
        for left in (COACH, CUT_OFF):
            (store.sessions / left).unlink(missing_ok=True)
        forget_sounds(store)
    if running:
        raise StorageError(f"{running[0].stem} is going on, so it is kept; end it first")
    return 0


def _deleted(store: Store, path: Path) -> bool:
    """Delete a session, unless a living process holds it."""
    claim = claimed(path)
    if claim is None:
        return False
    store.delete(path)
    claim.give_back(over=True)
    print(f"deleted {path.stem}", file=sys.stderr)
    return True
