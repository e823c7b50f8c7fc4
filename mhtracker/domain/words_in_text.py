"""Where typed words stand in a text, however either is spelled: for marking what was found, and showing it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mhtracker.domain.names import fold

LOOKED_THROUGH = 20_000
"""Words are marked in so many characters of a text: letter by letter, a book would take seconds."""


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    return fold(letter) if letter.isalnum() else "" if letter in "'’‘‛ʼʻ`´′＇" else " "


def typed_words(text: str) -> list[str]:
    """What was typed, as words to look for. Signs that a search language might have are nothing but gaps."""
    return fold(text).split()


def places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where (from, to) a word of the text begins with one of `words`, in order and without overlaps."""
    if not words:
        return []
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text[:LOOKED_THROUGH]):
        for part in _folded(letter):
            folded.append(part)
            origin.append(place)
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.finditer(rf"(?<!\S)(?:{pattern})", "".join(folded))
    return [(origin[each.start()], origin[each.end() - 1] + 1) for each in found]


def excerpt(text: str, words: Sequence[str], most: int = 120) -> str:
    """A piece of the text on one line, around the first place where one of the words stands."""
    found = places(text, words)
    at = found[0][0] if found else 0
    start = 0
    if at > most // 2:
        gap = text.find(" ", at - most // 3, at)
        start = gap + 1 if gap >= 0 else at
    line = " ".join(text[start : start + most * 3].split())
    if len(line) > most:
        cut = line.rfind(" ", most // 2, most)
        line = f"{line[: cut if cut > 0 else most].rstrip()}…"
    return f"…{line}" if start else line
