"""Values over those of someone well, without copying these: a turn costs what was answered."""

from collections.abc import Collection, Iterator, Mapping

from voice_skill.dialog.interpretation import Value


class Overlay(Mapping[str, Value]):
    """What is known of a person over what holds of someone well. hidden: what is not known."""

    __slots__ = ("_hidden", "_own", "_well")

    def __init__(
        self, well: Mapping[str, Value], own: Mapping[str, Value], hidden: Collection[str] = ()
    ) -> None:
        self._well, self._own, self._hidden = well, own, hidden

    def __getitem__(self, name: str) -> Value:
        if name in self._own:
            return self._own[name]
        if name in self._hidden:
            raise KeyError(name)
        return self._well[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or (name in self._well and name not in self._hidden)

    def __iter__(self) -> Iterator[str]:
        return (name for name in {**self._well, **self._own} if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
