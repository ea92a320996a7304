"""Writes the network as ONNX: python3 export.py NETWORK.pt MOUTHS.onnx."""
import hashlib
import sys
from pathlib import Path

import onnx
import torch
from torch import nn

from network import MouthNetwork


class TimeFirst(nn.Module):
    """As the product feeds it: time before bands, tracks and sounds."""

    def __init__(self, network: MouthNetwork):
        super().__init__()
        self.network = network

    def forward(self, features):
        tracks, sounds = self.network(features.transpose(1, 2))
        return tracks.transpose(1, 2), sounds.transpose(1, 2)


def main(weights: Path, output: Path) -> None:
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
    print(hashlib.sha256(output.read_bytes()).hexdigest(), output.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
