"""Where things are on this device: what `settings show` tells under the settings."""

from voice_skill.errors import VoiceSkillError
from voice_skill.log import log_file
from voice_skill.models.folder import find_model
from voice_skill.models.shelf import Shelf
from voice_skill.paths import cache_folder, dialog_folder
from voice_skill.storage.settings import file_of
from voice_skill.storage.store import Store


def show_places() -> int:
    """Print the files and folders, one a line. What is not there yet is made when it is needed."""
    store = Store.from_platform()
    places = {
        "settings": file_of(store),
        "sessions": store.sessions,
        "diary and profile": store.folder,
        "log": log_file(),
        "spoken prompts": cache_folder(),
        "dialog": dialog_folder(),
        "installed models": Shelf.from_platform().folder,
        "model in use": _model(),
    }
    print("\nwhere things are:")
    for name, place in places.items():
        print(f"  {name}: {place}")
    return 0


def _model() -> str:
    try:
        return str(find_model())
    except VoiceSkillError as error:
        return str(error)
