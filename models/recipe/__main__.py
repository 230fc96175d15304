"""`python -m models.recipe`: makes the starter model. Install first: pip install -e '.[train]'."""

import argparse
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path

from voice_skill.errors import ModelError, VoiceSkillError


def main() -> int:
    """One command from recordings to a model folder. Started again, it goes on where it was."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(prog="python -m models.recipe", description=main.__doc__)
    parser.add_argument("--speech", type=Path, metavar="MANIFEST",
                        help="a table: path, split, set, speaker, text")  # fmt: skip
    parser.add_argument("--noise", type=Path, metavar="DIR", help="recordings of noise")
    parser.add_argument("--kokoro", type=Path, metavar="DIR", help="style vectors of Kokoro")
    parser.add_argument("--dialogs", type=Path, default=here.parents[1] / "dialogs" / "en")
    parser.add_argument("--settings", type=Path, default=here / "recipe.yaml")
    parser.add_argument("--work", type=Path, required=True, help="for what can be resumed")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    options = parser.parse_args()
    try:
        try:
            from models.recipe.make import make
            from models.recipe.phrases import Texts
            from models.recipe.settings import read_settings
        except ImportError as error:
            raise ModelError(f"{error}; pip install -e '.[train]'") from None
        make(
            read_settings(options.settings),
            Texts.from_folder(options.dialogs),
            options.speech,
            options.noise,
            options.kokoro,
            options.work,
            options.out,
        )
    except VoiceSkillError as error:
        print(f"recipe: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"recipe: {error.filename}: {error.strerror}; start it again", file=sys.stderr)
        return 3
    except BrokenExecutor:
        print("recipe: a part of it was killed (no memory?); start it again", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("recipe: stopped; start it again to go on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
