"""Sentences to be spoken: Debian's fortunes in eight languages, random kana and Hangul."""
import random
import re
from pathlib import Path

FOLDER = Path("/usr/share/games/fortunes")

# Files by language, only files of prose: no pictures, no tables.
FILES = {
    "en": ["art", "computers", "cookie", "definitions", "education", "humorists", "law", "literature", "people", "platitudes", "science", "wisdom", "work"],
    "de": ["de/zitate", "de/sprueche", "de/witze", "de/sprichworte"],
    "es": ["es/arte.fortunes", "es/ciencia.fortunes", "es/humanos.fortunes", "es/filosofia.fortunes"],
    "it": ["it/italia", "it/formiche"],
    "pt": ["brasil"],
    "cs": ["cs/citace", "cs/klasik-cz", "cs/zemeplocha"],
    "eo": ["eo/proverbaro"],
}
KANA = [c + v for c in ["", "k", "s", "t", "n", "h", "m", "r", "g", "z", "d", "b", "p"] for v in "aiueo"] + ["ya", "yu", "yo", "wa"]
HIRAGANA = dict(zip(KANA, "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもらりるれろがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽやゆよわ"))


def decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def fortunes(language: str) -> list[str]:
    """Every sentence of 4 to 25 words, in the order of the files."""
    found = []
    for name in FILES[language]:
        path = FOLDER / name
        if not path.is_file():
            continue
        for fortune in re.split(r"\n%\n", decode(path.read_bytes())):
            prose = re.sub(r"\s+", " ", re.sub(r"\n\s*(--|—).*", "", fortune, flags=re.S))
            for sentence in re.split(r"(?<=[.!?]) ", prose):
                sentence = re.sub(r"[^\w\s.,;:!?'’-]", "", sentence).strip()
                if 4 <= len(sentence.split()) <= 25 and len(sentence) < 180 and not re.search(r"\d{3}|_|[A-Z]{4}", sentence):
                    found.append(sentence)
    return found


def kana(rng: random.Random) -> str:
    return "".join(HIRAGANA[rng.choice(KANA)] for _ in range(rng.randint(8, 24))) + "。"


def hangul(rng: random.Random) -> str:
    finals = [0, 0, 0, 1, 4, 8, 16, 17, 21]
    word = lambda: "".join(chr(0xAC00 + (rng.randrange(19) * 21 + rng.randrange(21)) * 28 + rng.choice(finals)) for _ in range(rng.randint(2, 4)))
    return " ".join(word() for _ in range(rng.randint(3, 7))) + "."


class Texts:
    """An endless, repeatable stream of sentences in a language."""

    def __init__(self, seed: int):
        self.rng = random.Random(seed)
        self.sentences: dict[str, list[str]] = {}

    def next(self, language: str) -> str:
        if language == "ja":
            return kana(self.rng)
        if language == "ko":
            return hangul(self.rng)
        if language not in self.sentences:
            self.sentences[language] = fortunes(language)
        return self.rng.choice(self.sentences[language])
