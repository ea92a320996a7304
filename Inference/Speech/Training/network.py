"""The network: dilated convolutions over time, the sounds of a speech as a bottleneck, mouths and phoneme classes read from it."""
import torch
from torch import nn
from torch.nn import functional

import mouths

CHANNELS, SOUNDS = 128, 48
# Dilation, and whether the block may look ahead: 1 + 2 + 2 frames of 20 ms.
BLOCKS = [(1, True), (2, True), (4, False), (8, False), (2, True), (4, False), (8, False)]
LOOK_BACK = 1 + sum(d if ahead else 2 * d for d, ahead in BLOCKS)  # frames of 20 ms
LOOK_AHEAD = sum(d for d, ahead in BLOCKS if ahead)


class Block(nn.Module):
    """A residual block; its output at a time depends on `dilation` frames ahead, or on none."""

    def __init__(self, dilation: int, ahead: bool):
        super().__init__()
        self.pad = (dilation, dilation) if ahead else (2 * dilation, 0)
        self.wide = nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=dilation, bias=False)
        self.normal = nn.BatchNorm1d(CHANNELS)
        self.mix = nn.Conv1d(CHANNELS, CHANNELS, 1)

    def forward(self, x):
        return x + self.mix(functional.relu(self.normal(self.wide(functional.pad(x, self.pad)))))


class MouthNetwork(nn.Module):
    """features (batch × 80 × 2T) → tracks (batch × 7 × T), sounds (batch × 48 × T); in training also class scores."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Conv1d(80, CHANNELS, 3, stride=2, bias=False)
        self.normal = nn.BatchNorm1d(CHANNELS)
        self.blocks = nn.Sequential(*(Block(*block) for block in BLOCKS))
        self.sounds = nn.Conv1d(CHANNELS, SOUNDS, 1)
        self.tracks = nn.Sequential(nn.Conv1d(SOUNDS, 64, 1), nn.ReLU(), nn.Conv1d(64, len(mouths.TRACKS), 1))
        self.classes = nn.Conv1d(SOUNDS, len(mouths.CLASSES), 1)
        # So that each sound has a spread of 1 over speech: set when training is done.
        self.register_buffer("centre", torch.zeros(1, SOUNDS, 1))
        self.register_buffer("spread", torch.ones(1, SOUNDS, 1))

    def hidden(self, features):
        x = functional.relu(self.normal(self.enter(functional.pad(features, (1, 0)))))
        return torch.tanh(self.sounds(functional.relu(self.blocks(x))))

    def heads(self, features):
        """Logits of the tracks, of the classes, and the raw sounds."""
        hidden = self.hidden(features)
        return self.tracks(hidden), self.classes(hidden), hidden

    def forward(self, features):
        hidden = self.hidden(features)
        return torch.sigmoid(self.tracks(hidden)), (hidden - self.centre) / self.spread
