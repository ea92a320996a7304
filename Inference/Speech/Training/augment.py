"""Rooms, microphones, lines and noise, so that the network hears what a service is sent; and what is not speech at all."""
import numpy as np
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

RATE = 16000


def coloured_noise(rng: np.random.Generator, count: int, slope: float) -> np.ndarray:
    """Noise whose power falls with frequency to the power of `slope`: 0 white, 1 pink, 2 brown; level 1."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum *= np.maximum(np.arange(len(spectrum)), 20) ** (-slope / 2)
    noise = np.fft.irfft(spectrum, count)
    return (noise / (noise.std() + 1e-9)).astype(np.float32)


def music(rng: np.random.Generator, count: int) -> np.ndarray:
    """Chords of a few harmonics with plucked or swelling envelopes, a beat of noise bursts; level 1."""
    result = np.zeros(count, np.float32)
    beat = int(RATE * rng.uniform(0.2, 0.8))
    decay = rng.uniform(1, 12)
    harmonics = rng.integers(1, 9)
    brightness = rng.uniform(0.4, 0.9)
    for start in range(0, count, beat):
        length = min(count - start, int(beat * rng.uniform(0.8, 2.5)))
        time = np.arange(length) / RATE
        envelope = np.exp(-decay * time) * np.minimum(1, time / rng.uniform(0.003, 0.1))
        root = 55 * 2 ** (rng.integers(0, 48) / 12)
        for note in rng.choice([0, 3, 4, 7, 10, 12, 16], rng.integers(1, 5), replace=False):
            for k in range(1, harmonics + 1):
                frequency = root * 2 ** (note / 12) * k
                if frequency < 7600:
                    result[start:start + length] += envelope * brightness ** k * np.sin(2 * np.pi * frequency * time + rng.uniform(0, 6.28))
        if rng.random() < 0.5:
            burst = min(length, 1600)
            result[start:start + burst] += rng.uniform(0.2, 2) * rng.standard_normal(burst) * np.exp(-np.arange(burst) / rng.uniform(80, 500))
    return result / (result.std() + 1e-9)


def breath(rng: np.random.Generator, count: int) -> np.ndarray:
    """Air drawn in through an open mouth: noise through the resonances of a wide vocal tract, swelling and falling; level 1."""
    noise = coloured_noise(rng, count, rng.uniform(0, 1))
    result = 0.15 * noise
    for centre, width in ((rng.uniform(500, 1000), 300), (rng.uniform(1200, 2000), 350), (rng.uniform(2400, 3600), 500)):
        result += rng.uniform(0.4, 1) * sosfilt(butter(2, [centre - width / 2, centre + width / 2], "bandpass", fs=RATE, output="sos"), noise)
    result *= np.interp(np.linspace(0, 1, count), [0, rng.uniform(0.2, 0.7), 1], [0, 1, rng.uniform(0, 0.4)])
    return (result / (result.std() + 1e-9)).astype(np.float32)


def background(rng: np.random.Generator, count: int) -> np.ndarray:
    """Something that is not speech; level 1."""
    kind = rng.random()
    if kind < 0.35:
        return music(rng, count)
    noise = coloured_noise(rng, count, rng.uniform(0, 2))
    if kind < 0.55:  # gusts and passing cars
        noise *= np.interp(np.arange(count), np.arange(0, count + 8000, 8000), rng.uniform(0.1, 1, len(np.arange(0, count + 8000, 8000))))
    if kind > 0.9:  # hum
        noise = 0.3 * noise + np.sin(2 * np.pi * rng.choice([50, 60, 100, 120]) * np.arange(count) / RATE)
    return (noise / (noise.std() + 1e-9)).astype(np.float32)


def equalized(rng: np.random.Generator, samples: np.ndarray) -> np.ndarray:
    """A random smooth response of up to 8 dB."""
    points = rng.uniform(-8, 8, 8)
    gains = np.interp(np.linspace(0, 7, 129), np.arange(8), points)
    response = np.fft.irfft(10 ** (gains / 20))
    return fftconvolve(samples, np.roll(response, 128) * np.hanning(256), mode="full")[128:128 + len(samples)].astype(np.float32)


def reverberant(rng: np.random.Generator, samples: np.ndarray) -> np.ndarray:
    seconds = rng.uniform(0.1, 0.6)
    tail = rng.standard_normal(int(seconds * RATE)) * np.exp(-6.9 * np.arange(int(seconds * RATE)) / (seconds * RATE))
    tail[:int(0.002 * RATE)] = 0
    tail *= rng.uniform(0.05, 0.6) / (np.sqrt((tail ** 2).sum()) + 1e-9)
    tail[0] = 1
    return fftconvolve(samples, tail)[:len(samples)].astype(np.float32)


def recorded(rng: np.random.Generator, samples: np.ndarray) -> np.ndarray:
    """The samples as some microphone in some place would have heard them."""
    if rng.random() < 0.7:
        samples = equalized(rng, samples)
    if rng.random() < 0.4:
        samples = reverberant(rng, samples)
    loud = np.abs(samples) > 0.02 * np.abs(samples).max()
    power = samples[loud].std() + 1e-6
    if rng.random() < 0.8:
        samples = samples + power * 10 ** (-rng.uniform(5, 50) / 20) * background(rng, len(samples))
    if rng.random() < 0.15:
        low, high = (300, 3400) if rng.random() < 0.5 else (rng.uniform(40, 150), rng.uniform(3500, 7500))
        samples = sosfilt(butter(4, [low, high], "bandpass", fs=RATE, output="sos"), samples)
    if rng.random() < 0.3:
        samples = lfilter([1, -1], [1, -0.995], samples)
    samples = samples / (np.abs(samples).max() + 1e-9)
    if rng.random() < 0.08:
        samples = np.clip(samples, -rng.uniform(0.3, 0.8), rng.uniform(0.3, 0.8))
    if rng.random() < 0.08:
        compressed = np.round(np.sign(samples) * np.log1p(255 * np.abs(samples)) / np.log(256) * 127) / 127
        samples = np.sign(compressed) * (256 ** np.abs(compressed) - 1) / 255
    return (samples * 10 ** (-rng.uniform(0, 26) / 20)).astype(np.float32)


def not_speech(rng: np.random.Generator, count: int) -> np.ndarray:
    """A recording in which nobody speaks, at any level from a quiet room's to music's."""
    return (background(rng, count) * 10 ** (-rng.uniform(14, 75) / 20)).clip(-1, 1).astype(np.float32)
