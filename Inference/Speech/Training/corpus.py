"""Takes of speech with the mouths that made them: python3 corpus.py FOLDER [SHARE of the hours]."""
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import resample

from speakers import augment, engines, features, mouths
from speakers.engines import RATE, Phone, Spoken
from speakers.texts import Texts

# Of each engine; the last two are festival's voices, an engine that the network never hears in training.
HOURS = {"flite": 1.6, "espeak": 2.6, "silence": 0.2, "ked": 0.07, "slt": 0.07}
LANGUAGES = {"en-us": ("en", 5), "en": ("en", 4), "de": ("de", 3), "es": ("es", 1.5), "it": ("it", 1.5), "pt-br": ("pt", 1), "cs": ("cs", 1.5),
             "eo": ("eo", 0.5), "ja": ("ja", 1), "ko": ("ko", 0.5)}
VARIANTS = ["", *(f"+f{i}" for i in range(1, 6)), *(f"+m{i}" for i in range(1, 9)), "+Andy", "+Annie", "+Alicia", "+Andrea", "+Gene", "+Lee",
            "+Mario", "+Michael", "+Mike", "+Storm", "+belinda", "+boris", "+david", "+ed", "+linda", "+max", "+pablo", "+paul", "+quincy",
            "+rob", "+shelby", "+steph", "+travis", "+victor", "+zac", "+klatt", "+klatt2", "+klatt4", "+klatt6"]
FLITE_VOICES = ["rms", "awb", "slt", "kal16"]
FESTIVAL_VOICES = {"ked": "voice_ked_diphone", "slt": "voice_cmu_us_slt_arctic_hts"}


@dataclass
class Take:
    samples: np.ndarray
    phones: list[Phone]
    breaths: list[tuple[float, float]]


def take(rng: np.random.Generator, parts: list[Spoken], engine: str) -> Take:
    """Sentences one after the other, with pauses; before many of them the speaker breathes in."""
    samples, phones, breaths, time = [], [], [], 0.0
    for part in parts:
        pause = np.zeros(int(RATE * rng.choice([rng.uniform(0, 0.3), rng.uniform(0.3, 1.5)])), np.float32)
        seconds, before = rng.uniform(0.15, 0.6), rng.uniform(0, 0.12)
        if len(pause) / RATE > seconds + before and rng.random() < 0.7:
            first = len(pause) - int((seconds + before) * RATE)
            count = int(seconds * RATE)
            loudness = part.samples.std() * 10 ** (-rng.uniform(10, 34) / 20)
            pause[first:first + count] = loudness * augment.breath(rng, count)
            breaths.append((time + first / RATE, time + (first + count) / RATE))
        phones.append(Phone("", time, time + len(pause) / RATE))
        time += len(pause) / RATE
        phones += [Phone(p.name, p.start + time, p.end + time) for p in mouths.ipa(part.phones, engine)]
        samples += [pause, part.samples]
        time += len(part.samples) / RATE
    end = np.zeros(int(RATE * rng.uniform(0, 2)), np.float32)
    return Take(np.concatenate([*samples, end]), [*phones, Phone("", time, time + len(end) / RATE)], breaths)


def example(rng: np.random.Generator, spoken: Take, clean: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Energies (100 a second), tracks and classes (50 a second) of a take as it was recorded somewhere."""
    samples, phones, breaths = spoken.samples, spoken.phones, spoken.breaths
    if not clean and rng.random() < 0.7:  # another vocal tract, another rate
        factor = rng.uniform(0.82, 1.22)
        samples = resample(samples, int(len(samples) * factor)).astype(np.float32)
        phones = [Phone(p.name, p.start * factor, p.end * factor) for p in phones]
        breaths = [(start * factor, end * factor) for start, end in breaths]
    samples = samples[:len(samples) // 320 * 320]
    tracks, classes = mouths.tracks(phones, features.middle_level(features.mel(samples)), breaths)
    heard = samples if clean else augment.recorded(rng, samples)
    return features.mel(heard).astype(np.float32), tracks[::2].astype(np.float16), classes[::2]


def speak(engine: str, rng: np.random.Generator, texts: Texts, espeak: engines.Espeak | None) -> list[Spoken]:
    count = int(rng.integers(2, 5))
    if engine == "flite":
        voice = FLITE_VOICES[rng.choice(4, p=[0.27, 0.24, 0.24, 0.25])]
        stretch = round(float(rng.uniform(0.75, 1.15)), 2)
        return [engines.flite(texts.next("en"), voice, stretch) for _ in range(count)]
    weights = np.array([weight for _, weight in LANGUAGES.values()])
    voice = list(LANGUAGES)[rng.choice(len(weights), p=weights / weights.sum())]
    variant = VARIANTS[rng.integers(len(VARIANTS))]
    settings = int(rng.integers(130, 240)), int(rng.integers(20, 80)), int(rng.integers(20, 90))
    return [espeak.speak(texts.next(LANGUAGES[voice][0]), voice + variant, *settings) for _ in range(count)]


def write(path: Path, examples: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """Takes end to end, normalised as the product does, in batches of like lengths for speed."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]))
    heard: list[np.ndarray] = [np.empty(0)] * len(examples)
    for start in range(0, len(order), 64):
        group = order[start:start + 64]
        longest = max(len(examples[i][0]) for i in group)
        batch = np.stack([np.pad(examples[i][0], ((0, longest - len(examples[i][0])), (0, 0))) for i in group])
        for i, normal in zip(group, features.normalize(batch)):
            heard[i] = normal[:len(examples[i][0])].astype(np.float16)
    np.savez(path, features=np.concatenate(heard), tracks=np.concatenate([e[1] for e in examples]),
             classes=np.concatenate([e[2] for e in examples]), lengths=np.array([len(e[1]) for e in examples]))


def recordings(engine: str, folder: Path, share: float) -> None:
    """Everything of one engine, the same whatever the others do."""
    seed = list(HOURS).index(engine)
    rng, texts = np.random.default_rng(seed), Texts(seed)
    espeak = engines.Espeak() if engine == "espeak" else None
    examples, seconds = [], 0.0
    while seconds < share * HOURS[engine] * 3600:
        if engine == "silence":
            samples = augment.not_speech(rng, int(rng.uniform(6, 14) * RATE) // 320 * 320)
            count = len(samples) // 320
            rest = np.tile(np.array([0, 0.5, 0, 0, 0, 0, 0], np.float16), (count, 1))
            examples.append((features.mel(samples), rest, np.zeros(count, np.uint8)))
        elif engine in FESTIVAL_VOICES:
            spoken = engines.festival([texts.next("en") for _ in range(4)], FESTIVAL_VOICES[engine])
            examples.append(example(rng, take(rng, spoken, "festival"), clean=True))
        else:
            examples.append(example(rng, take(rng, speak(engine, rng, texts, espeak), engine), clean=False))
        seconds += len(examples[-1][1]) / 50
    write(folder / f"{engine}.npz", examples)
    print(f"{engine}: {len(examples)} takes, {seconds / 3600:.2f} h", flush=True)


if __name__ == "__main__":
    folder, share = Path(sys.argv[1]), float((sys.argv[2:] or [1])[0])
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        for done in [pool.submit(recordings, engine, folder, share) for engine in HOURS]:
            done.result()
