"""Trains one network: python3 train.py CORPUS OUTPUT.pt SEED STEPS."""
import sys
import time
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
STOPS = [mouths.CLASSES.index(name) for name in ("p b", "t d", "k g")]
BURST_DECIBELS = 20.0
CLOSED_ELSEWHERE = torch.tensor([mouths.CLASSES.index(name) for name in ("t d", "k g", "n")])

# Other vocal tracts: the mel axis stretched by up to this share.
WARP = 0.1


def quieter_bursts(rng: np.random.Generator, features: np.ndarray, classes: np.ndarray) -> None:
    """Stops in which the burst sinks towards their own silence."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.isin(classes, STOPS), [0]]).astype(int)))
    for start, end in zip(edges[::2], edges[1::2]):
        if rng.random() < 0.6:
            stop = features[2 * start:2 * end]
            np.maximum(stop - 0.1 * rng.uniform(0, BURST_DECIBELS), stop.min(0), out=stop)


def warped(rng: np.random.Generator, features: np.ndarray) -> np.ndarray:
    at = np.clip(np.arange(80) * rng.uniform(1 - WARP, 1 + WARP), 0, 79)
    low = np.minimum(at.astype(int), 78)
    return features[:, low] + (features[:, low + 1] - features[:, low]) * (at - low).astype(np.float32)


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

    def batch(self, rng: np.random.Generator):
        starts = []
        for i in rng.choice(len(self.takes), BATCH, p=self.chances):
            first, end = self.takes[i]
            # A fifth of the crops are a take's very beginning, where the normalisation has heard nothing yet.
            starts.append(first if rng.random() < 0.2 else int(rng.integers(first, end - CROP + 1)))
        features = np.stack([self.features[2 * s:2 * (s + CROP)] for s in starts]).astype(np.float32)
        classes = np.stack([self.classes[s:s + CROP] for s in starts]).astype(np.int64)
        for i, one in enumerate(features):
            if rng.random() < 0.6:
                quieter_bursts(rng, one, classes[i])
            if rng.random() < 0.7:
                one[:] = warped(rng, one)
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


def loss(network: MouthNetwork, features, tracks, classes):
    logits, scores, _ = network.heads(features)
    values = torch.sigmoid(logits)
    shape, truth = values[:, :3], tracks[:, :3]
    weight = torch.tensor([3.0, 1.5, 1.5]).view(1, 3, 1)
    total = (weight * functional.smooth_l1_loss(shape, truth, beta=0.1, reduction="none")).mean()
    total = total + 1.5 * (weight * (shape.diff(dim=2) - truth.diff(dim=2)).abs()).mean()
    # Few frames are closed, and those must be: missing one costs a little more than an extra one, and so does taking t for p.
    closed = tracks[:, mouths.CLOSURE]
    mistakable = torch.isin(classes, CLOSED_ELSEWHERE) * (1 - closed)
    total = total + 0.35 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.CLOSURE], closed, reduction="none") * (1 + 0.5 * closed + mistakable)).mean()
    total = total + 0.3 * (closed * values[:, mouths.OPENING]).mean()
    lip = tracks[:, mouths.LABIODENTAL]
    total = total + 0.25 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.LABIODENTAL], lip, reduction="none") * (1 + 0.5 * lip)).mean()
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.SPEECH], tracks[:, mouths.SPEECH])
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.TONGUE], tracks[:, mouths.TONGUE])
    return total + 0.2 * functional.cross_entropy(scores, classes)


def standardize(network: MouthNetwork, corpus: Corpus, rng: np.random.Generator) -> None:
    """Centre and spread of the sounds over speech."""
    heard = []
    with torch.no_grad():
        for _ in range(40):
            features, tracks, _ = corpus.batch(rng)
            hidden = network.hidden(features).transpose(1, 2)
            heard.append(hidden[tracks[:, mouths.SPEECH] > 0.5])
    sounds = torch.cat(heard)
    network.centre.copy_(sounds.mean(0).view(1, -1, 1))
    network.spread.copy_(sounds.std(0).clamp(min=0.01).view(1, -1, 1))


def main(folder: Path, output: Path, seed: int, steps: int) -> None:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    corpus, network = Corpus(folder, ["espeak", "flite", "silence"]), MouthNetwork()
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps, pct_start=0.1)
    began, mean = time.monotonic(), 0.0
    network.train()
    for step in range(steps):
        value = loss(network, *corpus.batch(rng))
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        mean = value.item() if step == 0 else 0.99 * mean + 0.01 * value.item()
        if step % 200 == 0:
            print(f"step {step}: loss {mean:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()
    standardize(network, corpus, rng)
    torch.save(network.state_dict(), output)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
