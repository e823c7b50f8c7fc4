"""Names are kept exactly as typed; these functions read and match them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mhtracker.domain.records import Person

# Letters that Unicode does not take apart, as an English keyboard would type them.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_APOSTROPHES = re.compile("['’‘‛ʼʻ`´′＇]")
_NOT_LETTERS = re.compile(r"[\W_]+", re.ASCII)
_PARTICLE = re.compile("al|bin|da|dal|de|del|della|den|der|di|dos|du|el|ibn|la|le|mac|st|ten|ter|van|von")


def fold(text: str) -> str:
    """The text as it is matched: no case, accents, apostrophes, hyphens, invisible marks or doubled spaces.

    "D’Arcy-Łoś" and "darcy los" fold alike. Two different names may fold alike: a match is a question, not an answer.
    """
    return _fold_short(text) if len(text) <= 60 else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(_NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", text.lower())).split())
    return " ".join(_folded_letters(_folded_letters(text)).split())


# A name is folded again for everybody it is compared with; a long text is folded once.
_fold_short = lru_cache(maxsize=32768)(_fold)


def _folded_letters(text: str) -> str:
    apart = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return "".join(map(_folded_letter, apart)).casefold().translate(_PLAIN_LETTERS)


@lru_cache(maxsize=2048)
def _folded_letter(character: str) -> str:
    """The letter, a space for what parts words, or nothing for an accent or a mark nobody sees."""
    # Accents have a combining class above 9 (strokes: 1); signs at 0 and 7 to 9 are whole sounds of Asian scripts.
    if unicodedata.combining(character) > 9 or unicodedata.combining(character) == 1:
        return ""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):
        return ""
    # Pictures ("So") stay: somebody may be known by one.
    return character if category[0] in "LMN" or category == "So" else " "


def split_name(text: str) -> tuple[str, str]:
    """(surname, given names) from "SURNAME, Given", "Given Surname", "Given SURNAME" or "SURNAME Given".

    A single name is the surname. "Vincent van Gogh" keeps its particle. Nothing typed is dropped but the comma.
    """
    words = text.split()
    if "," in text:
        surname, _, given = text.partition(",")
        surname, given = " ".join(surname.split()), " ".join(given.replace(",", " ").split())
        return (surname, given) if surname else (given, "")
    if len(words) < 2:
        return (" ".join(words), "")
    capitals = [len(word) > 1 and word.isupper() for word in words]
    if any(capitals) and not all(capitals):
        if capitals[-1]:
            start = len(words) - next((n for n, upper in enumerate(reversed(capitals)) if not upper), 0)
            return (" ".join(words[start:]), " ".join(words[:start]))
        if capitals[0]:
            end = capitals.index(False)
            return (" ".join(words[:end]), " ".join(words[end:]))
    start = len(words) - 1
    while start > 1 and _PARTICLE.fullmatch(words[start - 1].lower()):
        start -= 1
    return (" ".join(words[start:]), " ".join(words[:start]))


def search_words(person: Person) -> tuple[str, ...]:
    """The folded words a person is found by: names, reference, NHS number and local id, each once."""
    names = " ".join((person.surname, person.given_names, person.known_as))
    marks = [person.ref.casefold(), person.nhs_number or "", (person.local_id or "").casefold()]
    return tuple(dict.fromkeys(word for word in (*fold(names).split(), *marks) if word))


def has_hidden_marks(text: str) -> bool:
    """Whether the text holds marks nobody can see (zero-width, direction) or spaces that do not break."""
    return any(unicodedata.category(c) == "Cf" or c == "\u00a0" for c in text)
