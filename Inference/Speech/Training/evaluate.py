"""How well a network does on voices it never heard: python3 evaluate.py CORPUS NETWORK.pt…; several are averaged."""
import sys
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d

from network import MouthNetwork
from speakers import mouths

TOLERANCE = 2  # steps of 20 ms
CLOSURE_SMOOTHING, CLOSURE_GAIN = 1.0, 1.25  # steps; NeuralMouthTracker.cs holds the same


def load(path: Path) -> MouthNetwork:
    network = MouthNetwork()
    network.load_state_dict(torch.load(path))
    return network.eval()


def lasting(closure: np.ndarray) -> np.ndarray:
    """Closures as the product takes them: longer than a step."""
    return np.minimum(1, CLOSURE_GAIN * np.minimum(closure, gaussian_filter1d(closure, CLOSURE_SMOOTHING, truncate=3)))


def runs(values: np.ndarray, threshold: float) -> list[tuple[int, int]]:
    """Where the values stay above a threshold."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], values > threshold, [0]]).astype(int)))
    return list(zip(edges[::2], edges[1::2]))


def found(events: list[tuple[int, int]], others: list[tuple[int, int]]) -> int:
    """How many events have one of the others within the tolerance."""
    return sum(any(start < b + TOLERANCE and a - TOLERANCE < end for a, b in others) for start, end in events)


def main(folder: Path, paths: list[Path]) -> None:
    networks = [load(path) for path in paths]
    for voice in ("ked", "slt"):
        part = np.load(folder / f"{voice}.npz")
        heard, seen = [], part["tracks"].astype(np.float32)
        start, right = 0, 0
        for length in part["lengths"]:
            features = torch.from_numpy(part["features"][2 * start:2 * (start + length)].astype(np.float32)).T[None]
            with torch.no_grad():
                heads = [network.heads(features) for network in networks]
            heard.append(torch.stack([torch.sigmoid(head[0]) for head in heads]).mean(0)[0].numpy().T)
            scores = torch.stack([head[1].softmax(1) for head in heads]).mean(0)[0].numpy()
            right += (scores.argmax(0) == part["classes"][start:start + length]).sum()
            start += length
        tracks = np.concatenate(heard)
        tracks[:, mouths.CLOSURE] = lasting(tracks[:, mouths.CLOSURE])
        print(f"{voice}: {len(seen) / 3000:.1f} min, classes {right / len(seen):.2f}; r " + ", ".join(
            f"{name} {np.corrcoef(tracks[:, i], seen[:, i])[0, 1]:.2f}" for i, name in enumerate(mouths.TRACKS)))
        for name, track in (("closure", mouths.CLOSURE), ("labiodental", mouths.LABIODENTAL), ("tongue", mouths.TONGUE)):
            truth = runs(seen[:, track], 0.5)
            for threshold in (0.4, 0.5, 0.6):
                told = runs(tracks[:, track], threshold)
                print(f"  {name} at {threshold}: recall {found(truth, told) / len(truth):.2f}, precision {found(told, truth) / max(1, len(told)):.2f}")
        print(f"  opening while closed: {tracks[seen[:, mouths.CLOSURE] > 0.8, mouths.OPENING].mean():.3f}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
