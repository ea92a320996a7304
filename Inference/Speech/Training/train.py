"""Trains one network: python3 train.py CORPUS OUTPUT.pt [SEED] [MINUTES]."""
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import mouths
from network import MouthNetwork

CROP, BATCH = 256, 32  # frames of 20 ms; crops at once
MASKED_BANDS, MASKED_FRAMES = 12, 24


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
        for one in features:
            if rng.random() < 0.5:
                band, frame = rng.integers(80 - MASKED_BANDS), rng.integers(2 * CROP - MASKED_FRAMES)
                one[:, band:band + rng.integers(MASKED_BANDS)] = 0
                one[frame:frame + rng.integers(MASKED_FRAMES)] = 0
            one += rng.normal(0, 0.1)
        tracks = np.stack([self.tracks[s:s + CROP] for s in starts]).astype(np.float32)
        classes = np.stack([self.classes[s:s + CROP] for s in starts]).astype(np.int64)
        return torch.from_numpy(features).transpose(1, 2), torch.from_numpy(tracks).transpose(1, 2), torch.from_numpy(classes)


def loss(network: MouthNetwork, features, tracks, classes):
    logits, scores, _ = network.heads(features)
    values = torch.sigmoid(logits)
    shape, truth = values[:, :3], tracks[:, :3]
    weight = torch.tensor([3.0, 1.5, 1.5]).view(1, 3, 1)
    total = (weight * functional.smooth_l1_loss(shape, truth, beta=0.1, reduction="none")).mean()
    total = total + 1.5 * (weight * (shape.diff(dim=2) - truth.diff(dim=2)).abs()).mean()
    # Few frames are closed, and those must be: missing one costs more than an extra one.
    closed = tracks[:, mouths.CLOSURE]
    total = total + 0.35 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.CLOSURE], closed, reduction="none") * (1 + 2 * closed)).mean()
    total = total + 0.3 * (closed * values[:, mouths.OPENING]).mean()
    lip = tracks[:, mouths.LABIODENTAL]
    total = total + 0.25 * (functional.binary_cross_entropy_with_logits(logits[:, mouths.LABIODENTAL], lip, reduction="none") * (1 + 2 * lip)).mean()
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.SPEECH], tracks[:, mouths.SPEECH])
    total = total + 0.15 * functional.binary_cross_entropy_with_logits(logits[:, mouths.TONGUE], tracks[:, mouths.TONGUE])
    return total + 0.12 * functional.cross_entropy(scores, classes)


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
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1, int(sys.argv[4]) if len(sys.argv) > 4 else 3000)
