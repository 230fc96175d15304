"""Makes a model from recordings: every step, in order, each resumed where it stopped."""

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import wordfreq

from models.recipe import kaldi, transcripts, words
from models.recipe.batches import Mixer, Noises, Utterance, read_shards
from models.recipe.card import write_card
from models.recipe.corpus import Recording, capped, read_manifest, read_samples, read_synthetic
from models.recipe.features import BINS, FRAME_SECONDS, MFCC_CONF, log_mel
from models.recipe.network import Params, Size
from models.recipe.phrases import Texts
from models.recipe.prepare import make_rooms, prepare
from models.recipe.settings import Settings
from models.recipe.synthesise import plan, synthesise
from models.recipe.train import Plan, train
from models.recipe.transcripts import Lexicon
from models.recipe.voices import kokoro_names
from voice_skill.errors import UsageError
from voice_skill.models.check import MANIFEST, check_model, write_manifest
from voice_skill.models.graph import Bigram
from voice_skill.models.units import OUTPUTS
from voice_skill.models.words import write_graph

_ONE_WORD = "speech_commands"
_RAREST = 1e-8


@dataclass(frozen=True)
class Learnt:
    """A trained network: weights, statistics, the bigram over sounds; hours heard by kind."""

    params: Params
    stats: Params
    bigram: np.ndarray
    hours: dict[str, float]


def gather(
    settings: Settings, manifest: Path | None, texts: Texts, work: Path, kokoro: Path | None
) -> dict[str, list[Recording]]:
    """Recordings of people and synthetic speech, as shards of features in `work/features`."""
    folder = work / "features"
    rooms = make_rooms(settings.rooms, settings.seed)
    people = read_manifest(manifest, "train") if manifest is not None else []
    kinds: dict[str, list[Recording]] = {
        "words": capped([item for item in people if item.kind == _ONE_WORD]),
        "sentences": [item for item in people if item.kind != _ONE_WORD],
    }
    singled_out = [(item.share, item.words) for item in settings.singled_out]
    rest = (1.0 - sum(share for share, _ in singled_out), list(texts.phrases))
    made = _speak([*singled_out, rest], settings.clips, settings.seed, work / "synthetic", kokoro)
    kinds["synthetic"] = [item for item in made if not item.speaker.startswith("kokoro:")]
    kinds["neural"] = [item for item in made if item.speaker.startswith("kokoro:")]
    if settings.meaning_clips:
        clips = settings.meaning_clips
        kinds["meanings"] = _speak(texts.shares(), clips, settings.seed, work / "meanings", kokoro)
    for name, items in kinds.items():
        prepare(items, folder, name, settings.copies[name], rooms)
    return kinds


def _speak(
    texts: list[tuple[float, list[str]]],
    clips: dict[str, int],
    seed: int,
    folder: Path,
    kokoro: Path | None,
) -> list[Recording]:
    """Synthetic speech by every engine that is there, in `folder`."""
    for engine, count in clips.items():
        if engine == "kokoro" and kokoro is None:
            print("no --kokoro DIR: going on without neural voices")
            continue
        names = kokoro_names(kokoro) if engine == "kokoro" and kokoro is not None else []
        listed = list(plan(texts, engine, count, seed, names))
        synthesise(listed, folder, kokoro if engine == "kokoro" else None)
    return read_synthetic(folder)


def _noise(folder: Path | None) -> list[np.ndarray]:
    """Energies of every readable noise recording under a folder."""
    found = []
    for path in sorted(folder.rglob("*")) if folder is not None else []:
        if path.is_file():
            try:
                found.append(log_mel(read_samples(path)).astype(np.float16))
            except UsageError as error:
                print(f"left out: {error}")
    return found


def _evened(utterances: list[Utterance]) -> list[Utterance]:
    """Rare texts more often, by the root of how rare they are."""
    counts = Counter(item.words for item in utterances)
    most = max(counts.values(), default=1)
    return [
        item
        for item in utterances
        for _ in range(round((most / counts[item.words]) ** 0.5) if item.words else 1)
    ]


def learn(settings: Settings, work: Path, noise: Path | None) -> Learnt:
    """Train on the shards."""
    kinds = {name: read_shards(work / "features", name) for name in settings.copies}
    spoken = {word for items in kinds.values() for item in items for word in item.words}
    lexicon: Lexicon = words.pronunciations(spoken)
    known = {
        name: [u for u in items if len(u.energies) > 20 and all(w in lexicon for w in u.words)]
        for name, items in kinds.items()
    }
    known["words"] = _evened(known["words"])
    noises = _noise(noise)
    known["silence"] = [Utterance(energies, ()) for energies in noises]
    texts = [item.words for items in known.values() for item in items]
    bigram = transcripts.bigram(texts, lexicon, settings.garbage, settings.bigram)
    talk = known["sentences"] or known["synthetic"]
    mixer = Mixer(
        [(settings.shares[name], items) for name, items in known.items() if items],
        Noises(noises, talk),
        lexicon,
        bigram,
        settings.garbage,
    )
    size = Size(BINS, settings.network.hidden, settings.network.bottleneck, OUTPUTS)
    plan = Plan(settings.batches, settings.rate, settings.seed)
    params, stats = train(mixer, settings.order(), bigram, size, plan, work / "training")
    return Learnt(params, stats, bigram, {name: _hours(items) for name, items in kinds.items()})


def _hours(utterances: list[Utterance]) -> float:
    return round(sum(len(item.energies) for item in utterances) * FRAME_SECONDS / 3600, 2)


def vocabulary(settings: Settings, texts: Texts) -> Lexicon:
    """The words of the dialogs and the most frequent English ones, with their sounds."""
    return words.pronunciations(texts.vocabulary | set(words.frequent(settings.words)))


def write(folder: Path, settings: Settings, learnt: Learnt, lexicon: Lexicon) -> int:
    """The folder that Vosk reads, checked. Returns how many weights the network has."""
    layers = kaldi.affines(learnt.params, learnt.stats)
    kaldi.write_model(folder / "am" / "final.mdl", layers)
    (folder / "conf").mkdir(parents=True, exist_ok=True)
    (folder / "conf" / "mfcc.conf").write_text(MFCC_CONF)
    lines = [f"--{name}={value}\n" for name, value in settings.decoding.items()]
    (folder / "conf" / "model.conf").write_text("".join(lines))
    unigram = {
        word: -math.log(max(wordfreq.word_frequency(word, "en"), _RAREST)) for word in lexicon
    }
    costs = Bigram(-np.log(np.maximum(learnt.bigram, 1e-5)))
    write_graph(folder, dict(lexicon), unigram, costs, settings.graph)
    (folder / MANIFEST).unlink(missing_ok=True)
    check_model(folder)
    write_manifest(folder)
    return sum(layer.weights.size + layer.bias.size for layer in layers)


def make(
    settings: Settings,
    texts: Texts,
    manifest: Path | None,
    noise: Path | None,
    kokoro: Path | None,
    work: Path,
    target: Path,
) -> None:
    """Everything: speech, features, training, the model folder and its card.

    Raises UsageError for a folder that is not there: at once, not after hours.
    """
    for folder in (noise, kokoro):
        if folder is not None and not folder.is_dir():
            raise UsageError(f"{folder}: there is no such folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    recordings = gather(settings, manifest, texts, work, kokoro)
    learnt = learn(settings, work, noise)
    lexicon = vocabulary(settings, texts)
    weights = write(target, settings, learnt, lexicon)
    write_card(target, settings, recordings, learnt.hours, weights, len(lexicon))
