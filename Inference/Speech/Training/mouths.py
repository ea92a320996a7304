"""What the mouth does for each phoneme, and how the mouths of a sentence flow into each other."""
import numpy as np

from engines import Phone

TRACKS = ["opening", "width", "rounding", "closure", "labiodental", "speech", "tongue"]
OPENING, WIDTH, ROUNDING, CLOSURE, LABIODENTAL, SPEECH, TONGUE = range(7)
CLASSES = ["silence", "p b", "m", "f v", "th", "t d", "n", "l", "s z", "sh", "k g", "r", "h", "w", "j",
           "i", "ih", "e", "a", "aa", "o", "er", "u", "y"]
RATE = 100  # frames per second of everything here

# symbols: class, opening, width (0.5 at rest), rounding, tongue, weight of the jaw's target, weight of the lips'.
SHAPES = {
    "p b ɓ ʙ": ("p b", 0.00, 0.50, 0.0, 0.0, 2.0, 0.5),
    "m": ("m", 0.00, 0.50, 0.0, 0.0, 2.0, 0.5),
    "f v ʋ ɱ ⱱ": ("f v", 0.10, 0.52, 0.0, 0.0, 2.0, 0.8),
    "ɸ β": ("f v", 0.12, 0.45, 0.2, 0.0, 1.5, 0.6),
    "θ ð": ("th", 0.25, 0.52, 0.0, 1.0, 1.2, 0.4),
    "t d ʈ ɖ c ɟ": ("t d", 0.22, 0.55, 0.0, 0.8, 1.0, 0.3),
    "n ɳ ɲ": ("n", 0.25, 0.53, 0.0, 0.8, 0.8, 0.3),
    "l ɫ ʎ ɭ ɬ ɮ": ("l", 0.35, 0.53, 0.0, 1.0, 0.8, 0.3),
    "ɾ": ("l", 0.32, 0.53, 0.0, 0.7, 0.6, 0.2),
    "s z": ("s z", 0.14, 0.62, 0.0, 0.3, 1.6, 0.6),
    "ʃ ʒ ʂ ʐ ɕ ʑ": ("sh", 0.20, 0.38, 0.6, 0.0, 1.6, 1.0),
    "k g ɡ ŋ x ɣ q χ ç ʝ ʁ ɢ ɴ": ("k g", 0.32, 0.50, 0.0, 0.0, 0.5, 0.15),
    "r ɹ ɻ ʀ": ("r", 0.30, 0.40, 0.4, 0.0, 0.9, 0.7),
    "h ɦ ħ ʕ ʔ": ("h", 0.40, 0.50, 0.0, 0.0, 0.25, 0.1),
    "w ʍ ɥ": ("w", 0.14, 0.15, 1.0, 0.0, 1.5, 1.8),
    "j ʲ": ("j", 0.24, 0.75, 0.0, 0.0, 0.8, 0.8),
    "i": ("i", 0.28, 0.85, 0.0, 0.0, 1.0, 1.0),
    "ɪ ɨ ɯ ᵻ": ("ih", 0.38, 0.68, 0.0, 0.0, 0.9, 0.8),
    "e ɛ": ("e", 0.58, 0.70, 0.0, 0.0, 1.0, 0.9),
    "æ a": ("a", 0.90, 0.62, 0.0, 0.0, 1.2, 0.9),
    "ɐ": ("a", 0.78, 0.55, 0.0, 0.0, 1.0, 0.7),
    "ɑ": ("aa", 1.00, 0.50, 0.0, 0.0, 1.2, 0.9),
    "ɒ": ("aa", 0.85, 0.38, 0.35, 0.0, 1.2, 1.0),
    "ʌ": ("aa", 0.72, 0.50, 0.0, 0.0, 1.0, 0.7),
    "ɔ": ("o", 0.70, 0.28, 0.65, 0.0, 1.1, 1.2),
    "o ɤ": ("o", 0.52, 0.22, 0.80, 0.0, 1.0, 1.2),
    "ə ɘ": ("er", 0.42, 0.50, 0.0, 0.0, 0.6, 0.4),
    "ɜ ɚ ɝ": ("er", 0.46, 0.42, 0.25, 0.0, 0.9, 0.8),
    "ʊ ɵ": ("u", 0.36, 0.30, 0.65, 0.0, 0.9, 1.0),
    "u ʉ": ("u", 0.24, 0.12, 1.00, 0.0, 1.0, 1.4),
    "y ʏ": ("y", 0.25, 0.18, 0.90, 0.0, 1.0, 1.3),
    "ø œ": ("y", 0.46, 0.25, 0.80, 0.0, 1.0, 1.2),
}
SYMBOLS = {symbol: (CLASSES.index(shape[0]), *shape[1:]) for symbols, shape in SHAPES.items() for symbol in symbols.split()}
PAUSE = (0, 0.00, 0.50, 0.0, 0.0, 0.5, 0.5)
VOWELS = frozenset(CLASSES.index(name) for name in ["i", "ih", "e", "a", "aa", "o", "er", "u", "y"])
LIPS_TOGETHER = frozenset("pbmɓʙ")
LIP_TO_TEETH = frozenset("fvʋɱⱱ")

# What flite and festival write, as IPA.
ARPABET = dict(
    aa="ɑ", ae="æ", ah="ʌ", ao="ɔ", aw="aʊ", ax="ə", axr="ɚ", ay="aɪ", b="b", ch="tʃ", d="d", dh="ð", dx="ɾ", eh="ɛ", el="l", em="m",
    en="n", er="ɜ", ey="eɪ", f="f", g="ɡ", hh="h", hv="h", ih="ɪ", iy="i", jh="dʒ", k="k", l="l", m="m", n="n", nx="n", ng="ŋ", ow="oʊ",
    oy="ɔɪ", p="p", r="ɹ", s="s", sh="ʃ", t="t", th="θ", uh="ʊ", uw="u", v="v", w="w", y="j", z="z", zh="ʒ", pau="", ssil="", h="")

JAW_SECONDS = 0.045  # the jaw's time constant, and the lips': coarticulation reaches as far
LIP_SECONDS = 0.075
CLOSING_SECONDS = 0.045
RELEASE_SECONDS = 0.040
BREATH_OPENING = 0.9  # speakers breathe in through a mouth as wide open as their widest vowels


def split(phone: Phone) -> list[tuple[str, float, float]]:
    """The symbols of a phoneme with their times: diphthongs and affricates have two."""
    symbols = [c for c in phone.name if c in SYMBOLS]
    if "ʃ" in symbols or "ʒ" in symbols or "ɕ" in symbols:
        symbols = [c for c in symbols if c not in "td"]
    if not symbols:
        return [("", phone.start, phone.end)]
    ends = np.linspace(phone.start, phone.end, len(symbols) + 1)
    if len(symbols) == 2:
        ends[1] = phone.start + 0.55 * (phone.end - phone.start)
    return [(symbol, ends[i], ends[i + 1]) for i, symbol in enumerate(symbols)]


def ipa(phones: list[Phone], engine: str) -> list[Phone]:
    """Names in IPA, and times at which the mouth moves rather than the engine's own."""
    if engine != "espeak":
        return [Phone(ARPABET.get(p.name.lower(), ""), p.start, p.end) for p in phones]

    # espeak's voiceless stops begin with the burst: their silence belongs to the phoneme before.
    moved = [Phone("" if p.name.startswith("(") else p.name, p.start, p.end) for p in phones]
    for i in range(1, len(moved)):
        before, stop = moved[i - 1], moved[i]
        if stop.name[:1] in ("p", "t", "k") and before.name:
            onset = max(stop.start - 0.045, (before.start + before.end) / 2)
            moved[i - 1], moved[i] = Phone(before.name, before.start, onset), Phone(stop.name, onset, stop.end)
    return moved


def spread(values: np.ndarray, seconds: float) -> np.ndarray:
    """Exponential dominance to both sides (Cohen and Massaro, 1993), along the last axis."""
    reach = int(np.ceil(5 * seconds * RATE))
    kernel = np.exp(-np.abs(np.arange(-reach, reach + 1)) / (seconds * RATE))
    padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(reach, reach)], mode="edge")
    return np.apply_along_axis(lambda row: np.convolve(row, kernel / kernel.sum(), mode="valid"), -1, padded)


def closed(symbol: str, start: float, end: float) -> tuple[float, float]:
    """When the lips touch within a p, b or m: a stop ends with its release."""
    share = 1.0 if symbol == "m" else 0.85 if symbol == "b" else 0.65
    return start, start + share * (end - start)


def tracks(phones: list[Phone], level: np.ndarray, breaths: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """
    Seven tracks (frames × 7) and a class for every frame of 10 ms.
    phones: in IPA; level: dB between 1 and 3.5 kHz, which an open mouth raises; breaths: when the speaker breathes in.
    """
    frames = len(level)
    shapes = np.tile(np.array(PAUSE[1:], np.float32)[:, None], (1, frames))
    classes = np.zeros(frames, np.uint8)
    closure, labiodental, speech = np.zeros(frames), np.zeros(frames), np.zeros(frames)
    times = np.arange(frames) / RATE
    vowels = []
    for symbol, start, end in (part for phone in phones for part in split(phone)):
        first, last = int(round(start * RATE)), min(frames, max(int(round(start * RATE)) + 1, int(round(end * RATE))))
        if first >= frames:
            break
        if not symbol:
            speech[first:last] = max(0.0, 1 - (end - start) / 0.06) if end - start < 0.06 else 0
            continue
        shape = SYMBOLS[symbol]
        shapes[:, first:last] = np.array(shape[1:], np.float32)[:, None]
        classes[first:last] = shape[0]
        speech[first:last] = 1
        if shape[0] in VOWELS:
            vowels.append((first, last, level[first:last].max()))
        if symbol in LIPS_TOGETHER:
            begin, release = closed(symbol, start, end)
            rising = (times - (begin - CLOSING_SECONDS)) / CLOSING_SECONDS
            falling = ((release + RELEASE_SECONDS) - times) / RELEASE_SECONDS
            closure = np.maximum(closure, np.clip(np.minimum(rising, falling), 0, 1))
        if symbol in LIP_TO_TEETH:
            rising = (times - (start - CLOSING_SECONDS)) / CLOSING_SECONDS
            falling = ((end + RELEASE_SECONDS) - times) / RELEASE_SECONDS
            labiodental = np.maximum(labiodental, np.clip(np.minimum(rising, falling), 0, 1))

    if vowels:
        usual = np.median([loudness for _, _, loudness in vowels])
        for first, last, loudness in vowels:
            shapes[0, first:last] *= np.clip(1 + 0.03 * (loudness - usual), 0.6, 1.4)

    opening, width, rounding, tongue, jaw, lips = shapes
    result = np.zeros((frames, 7), np.float32)
    result[:, OPENING] = spread(opening * jaw, JAW_SECONDS) / spread(jaw, JAW_SECONDS)
    for track, target in ((WIDTH, width), (ROUNDING, rounding)):
        result[:, track] = spread(target * lips, LIP_SECONDS) / spread(lips, LIP_SECONDS)
    smooth = lambda x, width: np.convolve(np.pad(x, width // 2, mode="edge"), np.hanning(width + 2)[1:-1] / np.hanning(width + 2).sum(), mode="valid")
    result[:, CLOSURE] = smooth(closure, 3)
    result[:, LABIODENTAL] = smooth(labiodental, 3)
    result[:, SPEECH] = smooth(speech, 5)
    result[:, TONGUE] = smooth(tongue, 7)
    for start, end in breaths:
        rising, falling = (times - start + 0.05) / 0.12, (end + 0.04 - times) / 0.08
        result[:, OPENING] = np.maximum(result[:, OPENING], BREATH_OPENING * np.clip(np.minimum(rising, falling), 0, 1))
    result[:, OPENING] *= (1 - result[:, CLOSURE]) * (1 - 0.6 * result[:, LABIODENTAL])
    return np.clip(result, 0, 1), classes
