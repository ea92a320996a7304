"""Trains one network: python3 train.py CORPUS OUTPUT.pt SEED STEPS LAST_STEPS."""
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d
from torch.nn import functional

from network import MouthNetwork
from speakers import mouths

CROP, BATCH = 256, 32  # frames of 20 ms; crops at once
MASKED_BANDS, MASKED_FRAMES = 12, 24

# Effort: who opens the mouth wider than usual raises the spectrum above the first formant, and synthesizers never do.
EFFORT_SECONDS, EFFORT_DECIBELS, EFFORT_OPENING = 0.08, 3.0, 0.25
EFFORT_TILT = np.interp(np.arange(80), [0, 12, 26, 58, 79], [-0.3, -0.3, 1, 1, 0.5]).astype(np.float32)

# Bursts: in many voices and rooms those of stops are hardly heard. Then only the formants around tell p from t and k.
STOPS = ["p b", "t d", "k g"]
BURST_DECIBELS, BURSTS_QUIETER = 20.0, 0.6
MISTAKABLE = ["t d", "k g", "n"]


@dataclass(frozen=True)
class Lesson:
    """What a network learns first, and what it hardens on at last: `bursts` is the share of crops with quieter ones, the rest weighs the loss."""

    rate: float
    bursts: float
    missed: float     # closures, above 1
    mistaken: float   # sounds like closures, above 1
    classes: float


FIRST = Lesson(rate=3e-3, bursts=0.0, missed=0.5, mistaken=0.0, classes=0.12)
LAST = Lesson(rate=1e-3, bursts=0.6, missed=1.0, mistaken=1.0, classes=0.2)


def indices(names: list[str]) -> list[int]:
    return [mouths.CLASSES.index(name) for name in names]


def quieten_bursts(rng: np.random.Generator, features: np.ndarray, classes: np.ndarray) -> None:
    """Stops sink towards their own silence."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.isin(classes, indices(STOPS)), [0]]).astype(int)))
    for start, end in zip(edges[::2], edges[1::2]):
        if rng.random() < BURSTS_QUIETER:
            stop = features[2 * start:2 * end]
            np.maximum(stop - 0.1 * rng.uniform(0, BURST_DECIBELS), stop.min(0), out=stop)


class Corpus:
    """Takes end to end, and where a crop may begin."""

    def __init__(self, folder: Path, names: list[str]):
        parts = [np.load(folder / f"{name}.npz") for name in names]
        self.features = np.concatenate([part["features"] for part in parts])
        self.tracks = np.concatenate([part["tracks"] for part in parts])
        self.classes = np.concatenate([part["classes"] for part in parts])
        lengths = np.concatenate([part["lengths"] for part in parts])
        ends = np.cumsum(lengths)
        self.takes = [(end - length, end) for end, length in zip(ends, lengths) if length > CROP]
        sizes = np.array([end - start for start, end in self.takes], float)
        self.chances = sizes / sizes.sum()
        self.frames = int(ends[-1])

    def batch(self, rng: np.random.Generator, lesson: Lesson):
        starts = []
        for i in rng.choice(len(self.takes), BATCH, p=self.chances):
            first, end = self.takes[i]
            # A fifth of the crops are a take's very beginning, where the normalisation has heard nothing yet.
            starts.append(first if rng.random() < 0.2 else int(rng.integers(first, end - CROP + 1)))
        features = np.stack([self.features[2 * s:2 * (s + CROP)] for s in starts]).astype(np.float32)
        classes = np.stack([self.classes[s:s + CROP] for s in starts]).astype(np.int64)
        for one, phonemes in zip(features, classes):
            if lesson.bursts and rng.random() < lesson.bursts:
                quieten_bursts(rng, one, phonemes)
            if rng.random() < 0.5:
                band, frame = rng.integers(80 - MASKED_BANDS), rng.integers(2 * CROP - MASKED_FRAMES)
                one[:, band:band + rng.integers(MASKED_BANDS)] = 0
                one[frame:frame + rng.integers(MASKED_FRAMES)] = 0
            one += rng.normal(0, 0.1)
        tracks = np.stack([self.tracks[s:s + CROP] for s in starts]).astype(np.float32)
        effort = gaussian_filter1d(rng.standard_normal((BATCH, 2 * CROP)), EFFORT_SECONDS * 100, axis=1)
        effort = np.clip(effort / effort.std(), -2, 2).astype(np.float32) * (rng.random((BATCH, 1)) < 0.7)
        features += 0.1 * EFFORT_DECIBELS * effort[:, :, None] * EFFORT_TILT
        tracks[:, :, mouths.OPENING] = np.clip(tracks[:, :, mouths.OPENING] * (1 + EFFORT_OPENING * effort[:, ::2]), 0, 1)
        return torch.from_numpy(features).transpose(1, 2), torch.from_numpy(tracks).transpose(1, 2), torch.from_numpy(classes)


def loss(network: MouthNetwork, lesson: Lesson, features, tracks, classes):
    logits, scores, _ = network.heads(features)
    values = torch.sigmoid(logits)
    shape, truth = values[:, :3], tracks[:, :3]
    weight = torch.tensor([3.0, 1.5, 1.5]).view(1, 3, 1)
    total = (weight * functional.smooth_l1_loss(shape, truth, beta=0.1, reduction="none")).mean()
    total = total + 1.5 * (weight * (shape.diff(dim=2) - truth.diff(dim=2)).abs()).mean()
    # Few frames are closed, and those must be; few sounds are taken for them.
    closed = tracks[:, mouths.CLOSURE]
    open_stop = torch.isin(classes, torch.tensor(indices(MISTAKABLE))) * (1 - closed)
    cost = 1 + lesson.missed * closed + lesson.mistaken * open_stop
    total = total + 0.35 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.CLOSURE], closed, reduction="none") * cost).mean()
    total = total + 0.3 * (closed * values[:, mouths.OPENING]).mean()
    lip = tracks[:, mouths.LABIODENTAL]
    total = total + 0.25 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.LABIODENTAL], lip, reduction="none") * (1 + 0.5 * lip)).mean()
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.SPEECH], tracks[:, mouths.SPEECH])
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.TONGUE], tracks[:, mouths.TONGUE])
    return total + lesson.classes * functional.cross_entropy(scores, classes)


def standardize(network: MouthNetwork, corpus: Corpus, rng: np.random.Generator) -> None:
    """Centre and spread of the sounds over speech."""
    heard = []
    with torch.no_grad():
        for _ in range(40):
            features, tracks, _ = corpus.batch(rng, LAST)
            hidden = network.hidden(features).transpose(1, 2)
            heard.append(hidden[tracks[:, mouths.SPEECH] > 0.5])
    sounds = torch.cat(heard)
    network.centre.copy_(sounds.mean(0).view(1, -1, 1))
    network.spread.copy_(sounds.std(0).clamp(min=0.01).view(1, -1, 1))


def learn(network: MouthNetwork, corpus: Corpus, rng: np.random.Generator, lesson: Lesson, steps: int) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), lr=lesson.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, lesson.rate, total_steps=steps, pct_start=0.1)
    began, mean = time.monotonic(), 0.0
    network.train()
    for step in range(steps):
        value = loss(network, lesson, *corpus.batch(rng, lesson))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean = value.item() if step == 0 else 0.99 * mean + 0.01 * value.item()
        if step % 200 == 0:
            print(f"step {step}: loss {mean:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()


def between(before: dict, after: dict) -> dict:
    """Weights half-way: what the last lesson taught, with less of what it cost."""
    return {name: (value + after[name]) / 2 if value.dtype.is_floating_point else after[name] for name, value in before.items()}


def main(folder: Path, output: Path, seed: int, steps: int, last_steps: int) -> None:
    torch.manual_seed(seed)
    corpus, network = Corpus(folder, ["espeak", "flite", "silence"]), MouthNetwork()
    learn(network, corpus, np.random.default_rng(seed), FIRST, steps)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    learn(network, corpus, np.random.default_rng(seed + 1), LAST, last_steps)
    network.load_state_dict(between(before, network.state_dict()))
    standardize(network, corpus, np.random.default_rng(seed + 2))
    torch.save(network.state_dict(), output)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
