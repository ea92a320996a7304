"""The front end of the product, in numpy: the same 80 mel bands as MelAnalyzer, the same normalisation as SpeechLevels."""
import numpy as np
from scipy.fft import rfft

RATE, HOP, WINDOW, SIZE, BANDS = 16000, 160, 400, 512, 80
SILENCE = 1e-12

# Constants of the running normalisation; SpeechLevels.cs holds the same.
LOOK_AHEAD = 3           # frames
QUIETEST_PEAK = -60.0    # dB: what is quieter than this stays quiet
DECAY = 0.01             # dB a frame
SPEECH_BELOW_PEAK = 12.0  # dB
SPEECH_SOFTNESS = 3.0    # dB
MEMORY, PRIOR = 1000.0, 100.0  # frames of speech
LOWEST, HIGHEST, SCALE = -40.0, 30.0, 0.1


def filterbank() -> np.ndarray:
    mel = lambda hertz: 2595 * np.log10(1 + hertz / 700)
    edges = 700 * (10 ** (mel(RATE / 2) * np.arange(BANDS + 2) / (BANDS + 1) / 2595) - 1)
    per_bin = RATE / SIZE
    bins = np.arange(SIZE // 2 + 1) * per_bin
    weights = np.zeros((SIZE // 2 + 1, BANDS))
    for band in range(BANDS):
        centre = edges[band + 1]
        low, high = min(edges[band], centre - per_bin), max(edges[band + 2], centre + per_bin)
        weights[:, band] = np.maximum(0, np.where(bins < centre, (bins - low) / (centre - low), (high - bins) / (high - centre)))
    return weights.astype(np.float32)


FILTERS = filterbank()
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(WINDOW) + 0.5) / WINDOW)).astype(np.float32)
PRIOR_MEAN = (-14 - 0.3 * np.arange(BANDS)).astype(np.float32)  # dB below the peak, of ordinary speech


def mel(samples: np.ndarray) -> np.ndarray:
    """Energies, frames × 80; frame t is centred on sample 160 t."""
    frames = -(-len(samples) // HOP)
    padded = np.concatenate([np.zeros(WINDOW // 2, np.float32), samples.astype(np.float32), np.zeros(WINDOW + HOP, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames] * HANN
    spectrum = rfft(windows, SIZE, axis=1)
    return ((spectrum.real ** 2 + spectrum.imag ** 2) / SIZE ** 2) @ FILTERS


def decibels(energies: np.ndarray) -> np.ndarray:
    return 10 * np.log10(energies + SILENCE)


def level(energies: np.ndarray) -> np.ndarray:
    return decibels(energies.sum(-1))


def middle_level(energies: np.ndarray) -> np.ndarray:
    """dB between 1 and 3.5 kHz."""
    return decibels(energies[..., 28:59].sum(-1))


def normalize(energies: np.ndarray) -> np.ndarray:
    """
    (batch ×) frames × 80, in tens of dB against this speaker's and microphone's running mean. The peak is held and sinks slowly; the
    mean is taken over frames near the peak, at first over a few that stand for ordinary speech.
    """
    batch = energies if energies.ndim == 3 else energies[None]
    bands, levels = decibels(batch), level(batch)
    ahead = np.stack([np.pad(levels[:, k:], ((0, 0), (0, k)), mode="edge") for k in range(LOOK_AHEAD + 1)]).max(0)
    result = np.empty_like(bands, np.float32)
    peak = np.full(len(batch), QUIETEST_PEAK)
    mean = np.tile(PRIOR_MEAN, (len(batch), 1)).astype(np.float32)
    count = np.full(len(batch), PRIOR)
    for t in range(batch.shape[1]):
        peak = np.maximum(np.maximum(peak - DECAY, QUIETEST_PEAK), ahead[:, t])
        relative = bands[:, t] - peak[:, None]
        weight = 1 / (1 + np.exp(-(levels[:, t] - peak + SPEECH_BELOW_PEAK) / SPEECH_SOFTNESS))
        count = np.minimum(count + weight, MEMORY)
        mean += (weight / count)[:, None] * (relative - mean)
        result[:, t] = np.clip(relative - mean, LOWEST, HIGHEST) * SCALE
    return result if energies.ndim == 3 else result[0]
