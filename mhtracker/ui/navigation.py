"""Places in the window, and the way back to them as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

KEPT = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it shows there; `args` are what the page's `show_place` receives."""

    page: str
    args: tuple[tuple[str, Any], ...] = ()
    state: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, page: str, **args: Any) -> Place:
        return cls(page, tuple(sorted((name, value) for name, value in args.items() if value is not None)))

    def arg(self, name: str) -> Any:
        """One argument, or None."""
        return dict(self.args).get(name)


class History:
    """The places visited. Going somewhere new forgets what lay forward, as browsers do."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def current(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_back(self) -> bool:
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Visit `place`. Visiting the current one again adds nothing."""
        if place == self.current:
            return
        self._places = [*self._places[: self._at + 1], place][-KEPT:]
        self._at = len(self._places) - 1

    def keep(self, state: dict[str, Any]) -> None:
        """Remember how the current place looked (scrolling, selection), for coming back."""
        if self.current is not None:
            self._places[self._at] = replace(self._places[self._at], state=state)

    def back(self) -> Place | None:
        """Step back; None at the beginning."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """Step forward; None at the end."""
        return self._step(1)

    def clear(self) -> None:
        """Forget every place: they belonged to a register that is closed."""
        self._places, self._at = [], -1

    def _step(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
