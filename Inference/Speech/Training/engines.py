"""Synthesizers that tell when they speak which phoneme."""
import ctypes
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

RATE = 16000


@dataclass(frozen=True)
class Phone:
    """A phoneme as its engine writes it (IPA or ARPAbet), from `start` to `end` in seconds."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Spoken:
    samples: np.ndarray
    phones: list[Phone]


def at_rate(samples: np.ndarray, rate: int) -> np.ndarray:
    samples = samples.astype(np.float32) / 32768
    if rate == RATE:
        return samples
    divisor = np.gcd(rate, RATE)
    return resample_poly(samples, RATE // divisor, rate // divisor).astype(np.float32)


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int), ("sample", ctypes.c_int), ("user_data", ctypes.c_void_p), ("id", ctypes.c_char * 8)]


class Espeak:
    """espeak-ng through its C library: phoneme events with times, IPA with stress marks."""

    PHONEME, END = 7, 5

    def __init__(self):
        self.library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.library.espeak_Initialize(1, 200, None, 3)  # samples to a callback; phoneme events, in IPA
        self.samples: list[np.ndarray] = []
        self.events: list[tuple[float, str]] = []
        handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
        self.callback = handler(self._heard)
        self.library.espeak_SetSynthCallback(self.callback)

    def _heard(self, samples, count, events):
        if samples and count > 0:
            self.samples.append(np.ctypeslib.as_array(samples, (count,)).copy())
        i = 0
        while events[i].type != 0:
            if events[i].type in (self.PHONEME, self.END):
                # Eight bytes without a terminator where the name is long.
                name = bytes(events[i].id).split(b"\0")[0].decode("utf-8", "ignore") if events[i].type == self.PHONEME else ""
                self.events.append((events[i].audio_position / 1000, name))
            i += 1
        return 0

    def speak(self, text: str, voice: str, words_per_minute: int, pitch: int, pitch_range: int) -> Spoken:
        self.samples, self.events = [], []
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")
        for parameter, value in ((1, words_per_minute), (3, pitch), (4, pitch_range)):
            self.library.espeak_SetParameter(parameter, value, 0)
        data = text.encode()
        self.library.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
        self.library.espeak_Synchronize()
        samples = np.concatenate(self.samples) if self.samples else np.zeros(0, np.int16)
        ends = [time for time, _ in self.events[1:]] + [len(samples) / self.rate]
        phones = [Phone(name, start, end) for (start, name), end in zip(self.events, ends) if end > start]
        return Spoken(at_rate(samples, self.rate), phones)


def flite(text: str, voice: str, stretch: float) -> Spoken:
    """flite prints each phoneme's end."""
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "speech.wav"
        printed = subprocess.run(
            ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "-psdur", "-t", text, "-o", str(wave)],
            check=True, capture_output=True, text=True).stdout
        rate, samples = wavfile.read(wave)
    phones, start = [], 0.0
    for name, end in re.findall(r"(\S+):([\d.]+)", printed):
        # Each sentence is timed from its own beginning.
        if float(end) < start - 1e-3:
            return Spoken(at_rate(samples, rate)[:round(start * RATE)], phones)
        phones.append(Phone(name, start, float(end)))
        start = float(end)
    return Spoken(at_rate(samples, rate), phones)


def festival(texts: list[str], voice: str) -> list[Spoken]:
    """festival writes segments (ESPS: end, colour, name) beside the wave."""
    with tempfile.TemporaryDirectory() as folder:
        script = [f"({voice})"]
        for i, text in enumerate(texts):
            script.append(f'(set! u (utt.synth (Utterance Text "{text.replace(chr(34), "")}")))')
            script.append(f'(utt.save.wave u "{folder}/{i}.wav")')
            script.append(f'(utt.save.segs u "{folder}/{i}.lab")')
        subprocess.run(["festival", "--pipe"], input="\n".join(script), check=True, capture_output=True, text=True)
        spoken = []
        for i in range(len(texts)):
            rate, samples = wavfile.read(f"{folder}/{i}.wav")
            phones, start = [], 0.0
            for line in (Path(folder) / f"{i}.lab").read_text().splitlines():
                parts = line.split()
                if len(parts) == 3 and parts[0] != "#":
                    phones.append(Phone(parts[2], start, float(parts[0])))
                    start = float(parts[0])
            spoken.append(Spoken(at_rate(samples, rate), phones))
        return spoken
