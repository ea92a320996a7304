"""
Writes the network as ONNX, and what it makes of a known sound, for the tests of the product:
python3 export.py NETWORK.pt MOUTHS.onnx VECTORS.json.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from network import MouthNetwork
from speakers import features


class TimeFirst(nn.Module):
    """As the product feeds it: time before bands, tracks and sounds."""

    def __init__(self, network: MouthNetwork):
        super().__init__()
        self.network = network

    def forward(self, features):
        tracks, sounds = self.network(features.transpose(1, 2))
        return tracks.transpose(1, 2), sounds.transpose(1, 2)


def known_sound() -> np.ndarray:
    """Two seconds of a sweep that swells and falls; the tests make the same."""
    time = np.arange(2 * features.RATE) / features.RATE
    return (0.2 * np.sin(2 * np.pi * (150 * time + 400 * time ** 2)) * np.sin(2 * np.pi * 1.5 * time) ** 2).astype(np.float32)


def vectors(network: MouthNetwork) -> dict:
    """Energies and features of some frames, tracks and sounds of some steps."""
    energies = features.mel(known_sound())
    normal = features.normalize(energies)
    with torch.no_grad():
        tracks, sounds = TimeFirst(network).eval()(torch.from_numpy(normal)[None])
    rounded = lambda values: [float(f"{value:.6g}") for value in values]
    return {
        "frames": {frame: {"energies": rounded(energies[frame]), "features": rounded(normal[frame])} for frame in (0, 33, 150, 199)},
        "steps": {step: {"tracks": rounded(tracks[0, step]), "sounds": rounded(sounds[0, step])} for step in (0, 40, 75, 99)}}


def main(weights: Path, output: Path, told: Path) -> None:
    network = MouthNetwork()
    network.load_state_dict(torch.load(weights))
    axes = {name: {1: "steps"} for name in ("tracks", "sounds")} | {"features": {1: "frames"}}
    torch.onnx.export(
        TimeFirst(network).eval(), torch.zeros(1, 200, 80), str(output), opset_version=15, input_names=["features"],
        output_names=["tracks", "sounds"], dynamic_axes=axes)
    model = onnx.load(str(output))
    onnx.checker.check_model(model)
    model.doc_string = ""
    onnx.save(model, str(output))
    told.write_text(json.dumps(vectors(network), indent=1) + "\n")
    print(hashlib.sha256(output.read_bytes()).hexdigest(), output.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
