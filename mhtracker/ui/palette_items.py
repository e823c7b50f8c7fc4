"""What the palette lists for what is typed: matching, marking and ordering, without a window."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from mhtracker.domain.caseload import DIED, LEFT, NOT_YET
from mhtracker.domain.dates import age_on
from mhtracker.domain.names import fold
from mhtracker.text import format_date, name_in_order
from mhtracker.ui.commands import Command
from mhtracker.ui.pages import PageEntry

if TYPE_CHECKING:
    from mhtracker.store.queries.notes import FoundNote
    from mhtracker.store.queries.search import Found

FOR_A_PERSON = ("move", "review", "note")
"""What is offered at once for the person whose name was typed."""

MOST_PEOPLE = 8
MOST_OTHERS = 6
MOST_NOTES = 5
LEAST_LETTERS = 3
"""Fewer letters than these begin a word of nearly every note."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the palette; a heading when it has no `run`. `letter` and `colour` are its person's stage's."""

    words: str
    run: Callable[[], object] | None = None
    detail: str = ""
    icon: str = ""
    letter: str = ""
    colour: str = ""
    hint: str = ""

    @property
    def is_heading(self) -> bool:
        return self.run is None


def _folded(words: str) -> tuple[str, list[int]]:
    """`words` folded letter by letter, and for each folded letter where it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(words):
        for part in fold(letter) if letter.isalnum() else " ":
            folded.append(part)
            origin.append(place)
    return "".join(folded), origin


def typed_words(text: str) -> list[str]:
    """What is typed, as words to look for."""
    return _folded(text)[0].split()


def matches(typed: Sequence[str], *texts: str) -> bool:
    """Whether every typed word begins a word of one of the texts."""
    words = [word for text in texts for word in _folded(text)[0].split()]
    return all(any(word.startswith(part) for word in words) for part in typed)


def marked(words: str, typed: Sequence[str]) -> list[tuple[int, int]]:
    """Which parts of `words` (from, to) to show bold: the beginnings of words that match what is typed."""
    folded, origin = _folded(words)
    spans: list[tuple[int, int]] = []
    for part in typed:
        for found in re.finditer(rf"(?<!\S){re.escape(part)}", folded):
            spans.append((origin[found.start()], origin[found.end() - 1] + 1))
    return sorted(set(spans))


def page_items(typed: Sequence[str], pages: Iterable[PageEntry], go: Callable[[str], object]) -> list[Item]:
    """The pages whose title or other words match."""
    return [
        Item(
            entry.title,
            partial(go, entry.key),
            icon=entry.icon,
            hint=f"Ctrl {entry.number}" if entry.number else "",
        )
        for entry in pages
        if entry.key != "person" and matches(typed, entry.title, entry.also)
    ]


def command_items(
    typed: Sequence[str],
    commands: Iterable[Command],
    run: Callable[..., object],
    person: tuple[str, str] | None,
) -> list[Item]:
    """The commands that match and can be run now; those for a person when one, (id, name), is in hand.

    What begins as it was typed comes first, then what says it in its own words, then what is found by other words.
    """
    items: list[tuple[int, Item]] = []
    for command in commands:
        if not command.listed or not command.possible() or (command.for_person and person is None):
            continue
        words = command.words
        if command.for_person and person is not None:
            words = words_for(command, person[1])
        if matches(typed, words, command.also):
            items.append((_likeness(typed, command), _command_item(command, words, run, person)))
    return [item for _, item in sorted(items, key=lambda each: each[0])]


def _likeness(typed: Sequence[str], command: Command) -> int:
    words = " ".join(typed_words(command.words))
    if words.startswith(" ".join(typed)):
        return 0
    return 1 if matches(typed, command.words) else 2


def for_person_items(commands: Iterable[Command], run: Callable[..., object], person: tuple[str, str]) -> list[Item]:
    """The usual steps for the person whose name was typed."""
    usual = [command for command in commands if command.key in FOR_A_PERSON and command.possible()]
    return [_command_item(command, words_for(command, person[1]), run, person) for command in usual]


def words_for(command: Command, name: str) -> str:
    """A command said of a person: "Record a move for PRZYKŁAD, Marek". Two people may share a first name."""
    return f"{command.words} for {name}"


def _command_item(command: Command, words: str, run: Callable[..., object], person: tuple[str, str] | None) -> Item:
    args = {"person_id": person[0]} if command.for_person and person is not None else {}
    return Item(
        words,
        partial(run, command.key, **args),
        icon=command.icon or "check",
        hint=command.letter or command.keys.replace("+", " "),
    )


def person_items(
    found: Iterable[Found],
    open_person: Callable[[str], object],
    block: Callable[[str | None], tuple[str, str]],
    as_at: date,
) -> list[Item]:
    """The people found; `block` gives a stage's letter and colour."""
    items = []
    for person in found:
        letter, colour = block(person.stage_id)
        items.append(
            Item(
                name_in_order(person.surname, person.given_names),
                partial(open_person, person.person_id),
                detail=_detail(person, as_at),
                letter=letter,
                colour=colour,
            )
        )
    return items


def _detail(person: Found, as_at: date) -> str:
    """What tells people of one name apart: what they are called, age, and where they live or that they are gone."""
    parts = [f"known as {person.known_as}"] if person.known_as and person.known_as != person.given_names else []
    if person.born_on is not None:
        parts.append(str(age_on(person.born_on, as_at)))
    parts.append({LEFT: "left the pathway", DIED: "died", NOT_YET: "not yet on the pathway"}.get(person.status, ""))
    return ", ".join(part for part in (*parts, person.service) if part) or person.ref


def note_items(found: Iterable[FoundNote], open_person: Callable[..., object]) -> list[Item]:
    """Notes that hold what is typed: whose, when, and a piece of what each says."""
    return [
        Item(
            name_in_order(note.surname, note.given_names),
            partial(open_person, note.person_id, "notes", note.note_id),
            detail=f"{format_date(note.noted_on)}: {note.excerpt}",
            icon="note-text-outline",
        )
        for note in found
    ]


def asks_to_do(typed: Sequence[str], commands: Sequence[Item], people: Sequence[Found]) -> bool:
    """Whether what is typed begins something to do and nobody's name: people it only sounds like come after that."""
    begins = any(" ".join(typed_words(item.words)).startswith(" ".join(typed)) for item in commands)
    return begins and not any(matches(typed, each.surname, each.given_names, each.known_as) for each in people)


def grouped(
    people: list[Item],
    pages: list[Item],
    commands: list[Item],
    notes: Sequence[Item] = (),
    *,
    doing_first: bool = False,
) -> list[Item]:
    """The groups under their headings; empty ones are left out."""
    groups = [("People", people, MOST_PEOPLE), ("Go to", pages, MOST_OTHERS), ("In notes", notes, MOST_NOTES)]
    groups.insert(0 if doing_first else len(groups), ("Do", commands, MOST_OTHERS))
    lines: list[Item] = []
    for heading, group, most in groups:
        if group:
            lines += [Item(heading), *group[:most]]
    return lines
