"""What a model costs is told of it alone."""

from voice_skill.lab.bench.footprint import footprint
from voice_skill.models.folder import starter


def test_memory_is_that_of_the_recogniser_not_of_who_asks() -> None:
    ballast = b"x" * 400_000_000
    found = footprint(starter(), ("yes", "no"), bytes(32000))
    assert len(ballast) > found.memory_mb * 1e6 > 20e6
    assert found.memory_mb < 200
