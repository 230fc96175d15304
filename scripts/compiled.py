"""Prints what this package needs that is compiled, with versions: `python -m scripts.compiled`.

All else that it needs runs on any machine as it is installed here.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

BUILT = re.compile(r"\.so(\.[0-9.]+)?$")


def needed(name: str, seen: set[str]) -> Iterator[Distribution]:
    """A package and all that it needs here."""
    if name in seen:
        return
    seen.add(name)
    try:
        found = distribution(name)
    except PackageNotFoundError:  # for another machine
        return
    yield found
    for line in found.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from needed(requirement.name.lower(), seen)


def main() -> int:
    """Print a line for each."""
    for found in needed("voice-skill", set()):
        if any(BUILT.search(str(file)) for file in found.files or ()):
            print(f"{found.metadata['Name']}=={found.version}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
