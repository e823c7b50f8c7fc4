"""NHS numbers: ten digits, the last of which checks the others."""

from __future__ import annotations

import re
import unicodedata

from mhtracker.domain.errors import Invalid

_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?e\+?[0-9]{1,2}", re.IGNORECASE)


def normalise_nhs_number(text: str) -> str:
    """The ten digits of an NHS number, typed with or without spaces and dashes. Raises Invalid({"": words})."""
    digits = "".join(c for c in text if not (c.isspace() or unicodedata.category(c) in ("Cf", "Pd") or c == "−"))
    if re.fullmatch(r"[0-9]{10}\.0+", digits):  # a spreadsheet that took it for a number
        digits = digits[:10]
    problem = _problem(digits, text)
    if problem:
        raise Invalid({"": problem})
    return digits


def check_digit(first_nine: str) -> int | None:
    """The tenth digit that belongs to nine, or None when no number was ever made from them (remainder 10)."""
    remainder = 11 - sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)) % 11
    return None if remainder == 10 else remainder % 11


def is_test_number(number: str) -> bool:
    """Whether it is from the 999 range, which is kept for tests and given to nobody."""
    return number.startswith("999")


def _problem(digits: str, typed: str) -> str:
    if not digits:
        return "An NHS number has 10 digits. Leave this empty if it is not known."
    if _SCIENTIFIC.fullmatch(digits):
        return f"{digits} is a number shortened by a spreadsheet, and its last digits are lost. Write all 10 digits."
    if not digits.isascii() and digits.isdigit():
        return "Write the NHS number with the digits 0 to 9."
    if not digits.isascii() or not digits.isdigit():
        shown = typed.strip()[:20]
        return f"“{shown}” holds more than digits. An NHS number has 10 digits, such as 943 476 5919."
    if len(digits) == 9:
        return "This has 9 digits and an NHS number has 10. A leading zero may be lost: check it against a letter."
    if len(digits) != 10:
        return f"This has {len(digits)} digits and an NHS number has 10."
    if len(set(digits)) == 1:
        return "Ten digits all alike stand for an unknown number. Leave this empty if it is not known."
    if check_digit(digits[:9]) != int(digits[9]):
        return "The last digit does not fit the first nine, so one of them is mistyped. Compare it with a letter."
    return ""
