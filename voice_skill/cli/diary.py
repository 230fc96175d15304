"""`voice-skill diary` and `voice-skill profile`."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from voice_skill.coaching.routine import RoutineFile
from voice_skill.dialog.dialog import Dialog
from voice_skill.dialog.limits import read_limits
from voice_skill.dialog.reader import read_as
from voice_skill.diary.entry import Entry, Morning
from voice_skill.diary.html_page import to_html
from voice_skill.diary.looking_back import next_check, not_improving
from voice_skill.diary.page import to_csv, to_text
from voice_skill.diary.wording import read_wording
from voice_skill.errors import StorageError, UsageError
from voice_skill.near import did_you_mean
from voice_skill.paths import dialog_folder
from voice_skill.storage import ladder_file, profile
from voice_skill.storage.diary_file import Book
from voice_skill.storage.store import Store
from voice_skill.storage.traces import forget_sounds
from voice_skill.visit.facts import checked_value

LOST = (
    "The diary knows the days on which you were told not to run, and what it came to before. "
    "Without it the next check does not know of them, and the way back to running begins anew."
)


def show_diary(
    folder: Path, html: Path | None, csv: Path | None, as_json: bool, morning: Morning | None
) -> int:
    """Print the diary, or write it as a page or a table."""
    store = Store.from_platform()
    book = Book.from_store(store)
    if book.gap:
        print(f"voice-skill: {book.gap}", file=sys.stderr)
    if morning is not None:
        with store.changing():
            book = Book.from_store(store).with_morning(morning)
            book.save()
    if html is not None:
        _write(html, page_of(folder, book.entries))
    if csv is not None:
        _write(csv, to_csv(book.entries))
    if as_json:
        print(json.dumps([entry.to_json() for entry in book.entries], ensure_ascii=False))
    elif not (html or csv):
        _print(book)
    return 0


def delete_diary(sure: bool) -> int:
    """Delete the diary and the place on the way back, with what else tells of a person.

    sure: do not ask. Raises UsageError where nobody can be asked.
    """
    if not sure:
        if not sys.stdin.isatty():
            raise UsageError(
                "nobody is here to ask; to delete the diary: voice-skill diary delete --yes"
            )
        print(LOST, file=sys.stderr)
        print("Delete the diary? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            print("nothing was deleted", file=sys.stderr)
            return 1
    store = Store.from_platform()
    try:
        with store.changing():
            for path in (Book.place(store), ladder_file.place(store)):
                path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"the diary cannot be deleted: {error.strerror}") from None
    forget_sounds(store)
    print("deleted the diary", file=sys.stderr)
    return 0


def page_of(folder: Path, entries: Sequence[Entry]) -> str:
    """The page of these sessions, in the words of a dialog folder."""
    routines = (read_as(file, RoutineFile)[0] for file in (folder / "routines").glob("*.yaml"))
    return to_html(entries, read_wording(folder), {found.id: found.title for found in routines})


def _write(path: Path, text: str) -> None:
    """Write a new file for its owner alone; one that is there keeps who may read it."""
    try:
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from None
    print(f"written: {path}", file=sys.stderr)


def _print(book: Book) -> None:
    if not book.entries:
        print("the diary is empty; a back check adds to it: voice-skill run", file=sys.stderr)
        return
    print(to_text(book.entries))
    now = datetime.now().astimezone()
    limits = read_limits(dialog_folder())[0].looking_back
    if limits is None:
        return
    if not_improving(limits, book.entries, now):
        print("Three weeks of rest without less pain: book a visit with a doctor or physio.")
    check = next_check(limits, book.entries, now)
    if check:
        print(f"Check in again on {check[1].isoformat()} (day {check[0]}).")


def show_profile(dialog: Dialog, as_json: bool) -> int:
    """Print what is remembered between sessions."""
    known = profile.load(dialog, Store.from_platform())
    if as_json:
        print(json.dumps(known, ensure_ascii=False))
        return 0
    for name, field in dialog.fields.items():
        if field.profile:
            print(f"{name} = {known.get(name, '(not known)')}    {field.ask}")
    return 0


def change_profile(dialog: Dialog, name: str, value: str) -> int:
    """Remember one value. Raises UsageError on a name or a value that makes no sense."""
    _known(dialog, name)
    found = checked_value(dialog, name, value)
    if found is None or found == "unsure":
        raise UsageError(f"'{name}' needs a clear value, not '{value}'")
    store = Store.from_platform()
    with store.changing():
        profile.save(store, {**profile.load(dialog, store), name: found})
    print(f"{name} = {found}", file=sys.stderr)
    return 0


def forget_profile(dialog: Dialog, name: str) -> int:
    """Forget one value, or `all`."""
    store = Store.from_platform()
    if name == "all":
        profile.keep_only(dialog, store, {})
        forget_sounds(store)
        return 0
    _known(dialog, name)
    kept = {k: v for k, v in profile.load(dialog, store).items() if k != name}
    profile.keep_only(dialog, store, kept)
    return 0


def _known(dialog: Dialog, name: str) -> None:
    names = [n for n, field in dialog.fields.items() if field.profile]
    if name not in names:
        near = did_you_mean(name, names)
        raise UsageError(f"'{name}' is not in the profile; it holds: {', '.join(names)}{near}")
