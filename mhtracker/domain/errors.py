"""Errors meant for people. Anything else that is raised is our fault and is reported as such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class UserError(Exception):
    """Something a person can put right; `str(error)` is one plain sentence fit to show them."""


class Invalid(UserError):
    """Values that a rule refuses.

    `problems` maps a field's name to words that say what is wrong and what would be right; the key "" is for
    what concerns the record as a whole. `mends` may hold, by field, values offered as what would be right.
    """

    def __init__(self, problems: Mapping[str, str], mends: Mapping[str, tuple[Any, ...]] | None = None) -> None:
        self.problems = dict(problems)
        self.mends = dict(mends or {})
        super().__init__(" ".join(self.problems.values()))


class Conflict(UserError):
    """Somebody changed the same record since it was read.

    `mine`, `theirs` and `original` are records (or None where it was deleted); `who` changed it, `at` (UTC).
    """

    def __init__(
        self, words: str, *, mine: Any = None, theirs: Any = None, original: Any = None, who: str = "", at: Any = None
    ) -> None:
        self.mine, self.theirs, self.original, self.who, self.at = mine, theirs, original, who, at
        super().__init__(words)


class NotFound(UserError):
    """What was named is not in the register."""


class Unavailable(UserError):
    """The register, file or server cannot be reached or read just now."""


class Damaged(Unavailable):
    """The register's file is not whole: to be kept as it is, and the latest backup restored."""


class PasswordNeeded(Unavailable):
    """The register is locked: a password is missing or not right."""


class Refused(UserError):
    """An action that is not allowed, with the reason and the way round it."""


class Cancelled(UserError):
    """The person stopped the work; nothing was changed."""

    def __init__(self, words: str = "Stopped. Nothing has changed.") -> None:
        super().__init__(words)
