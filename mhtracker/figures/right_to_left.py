"""Arabic and Hebrew names on paper, where no text engine turns letters round or joins them for us."""

from __future__ import annotations

import unicodedata
from functools import cache

_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def has_right_to_left(text: str) -> bool:
    """Whether any letter of the text runs from right to left."""
    return not text.isascii() and any(_is_rtl(letter) for letter in text)


def visual_order(text: str) -> str:
    """One line of text as its letters stand on the page from left to right, Arabic letters joined.

    A stretch of right-to-left letters, with what stands between them, is turned round; digits in it keep their order.
    """
    out: list[str] = []
    start = 0
    while start < len(text):
        if not _is_rtl(text[start]):
            out.append(text[start])
            start += 1
            continue
        end = last = start
        while end < len(text) and (_is_rtl(text[end]) or not _is_ltr(text[end])):
            if _is_rtl(text[end]):
                last = end
            end += 1
        out.append(_turned(_joined(text[start : last + 1])))
        start = last + 1
    return "".join(out)


def base_letters(letter: str) -> str:
    """The plain letters behind a joined Arabic form, for the text that can be copied from a page."""
    return unicodedata.normalize("NFKC", letter) if "\ufb1d" <= letter <= "\ufefc" else letter


def _is_rtl(letter: str) -> bool:
    # A mark above a letter goes where its letter goes.
    return unicodedata.bidirectional(letter) in ("R", "AL") or ("\u0610" <= letter <= "\u08ff" and _is_mark(letter))


def _is_ltr(letter: str) -> bool:
    return unicodedata.bidirectional(letter) == "L"


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _turned(text: str) -> str:
    groups: list[str] = []
    for letter in text:
        number = unicodedata.bidirectional(letter) in ("EN", "AN")
        if groups and (_is_mark(letter) or (number and unicodedata.bidirectional(groups[-1][0]) in ("EN", "AN"))):
            groups[-1] += letter
        else:
            groups.append(letter)
    return "".join(group.translate(_MIRRORED) if len(group) == 1 else group for group in reversed(groups))


@cache
def _forms() -> dict[tuple[str, str], str]:
    """(letters, "initial" | "medial" | "final" | "isolated") to the form that Unicode keeps for it."""
    forms: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE70, 0xFEFD)):
        kind, *letters = (unicodedata.decomposition(chr(code)) or "-").split()
        if kind.strip("<>") in ("initial", "medial", "final", "isolated"):
            plain = "".join(chr(int(letter, 16)) for letter in letters)
            if len(plain) == 1 or plain[0] == "\u0644":
                forms.setdefault((plain, kind.strip("<>")), chr(code))
    return forms


def _joined(text: str) -> str:
    """Arabic letters in the forms they take beside their neighbours."""
    forms = _forms()
    out: list[str] = []
    joins_on = False
    place = 0
    while place < len(text):
        letter = text[place]
        if _is_mark(letter):
            out.append(letter)
            place += 1
            continue
        unit = text[place : place + 2] if (text[place : place + 2], "isolated") in forms else letter
        following = next((c for c in text[place + len(unit) :] if not _is_mark(c)), "")
        before = joins_on and (unit, "final") in forms
        after = (unit, "initial") in forms and (following, "final") in forms
        shape = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
            (before, after), "isolated"
        )
        out.append(forms.get((unit, shape), unit))
        joins_on = after
        place += len(unit)
    return "".join(out)
