"""The words of sheets and what they stand for in this register: stages, code lists, and names of places and workers.

A word met for the first time is put aside once; the choice then made is remembered as an `ImportWord`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mhtracker.domain.lists.code_lists import EARLIER_LABELS
from mhtracker.domain.names import fold
from mhtracker.domain.near import is_near
from mhtracker.domain.records import ImportWord, Provider, Service, Stage, Team, Worker, new_id
from mhtracker.operations.importing.cells import BLANK, Reader, Reading, is_not_known, text_of_cell
from mhtracker.operations.importing.mends import Mend, MendKind
from mhtracker.operations.importing.sheet_words import CODE_WORDS, STAGE_WORDS
from mhtracker.operations.importing.workbooks import Cell
from mhtracker.store import Store

Place = Service | Provider | Worker | Team

_NOBODY = frozenset(
    fold(words)
    for words in (
        "unallocated",
        "not allocated",
        "tbc",
        "tba",
        "unknown",
        "n/a",
        "none",
        "vacant",
        "duty",
        "awaiting allocation",
    )
)
_SHORT = {
    "st": "street", "rd": "road", "ct": "court", "crt": "court", "hse": "house", "ho": "house", "ldg": "lodge",
    "ldge": "lodge", "ave": "avenue", "cl": "close", "gdns": "gardens", "gdn": "garden", "ln": "lane", "pl": "place",
}  # fmt: skip
_BRACKETS = re.compile(r"\([^)]*\)")
_EXCEPT = re.compile(r"\b(not|no|ex|former|formerly|was|from|previous|previously|awaiting|waiting|refused)\b")


class Words:
    """The stages and code lists of a register, as sheets may write them. `learn` adds a word for this import."""

    def __init__(self, store: Store) -> None:
        self._stages = store.stages()
        self._lists = {name: store.codes(name) for name in CODE_WORDS}
        self._known: dict[str, dict[str, str]] = {"stage": self._stage_words()}
        for name, items in self._lists.items():
            codes = {item.code for item in items}
            words = {fold(item.label): item.code for item in items} | {fold(item.code): item.code for item in items}
            words |= {fold(item.label.rpartition(":")[2]): item.code for item in reversed(items)} | words
            said = {word: code for code, said in CODE_WORDS[name].items() for word in said.split(",")}
            said |= EARLIER_LABELS.get(name, {})
            self._known[name] = {fold(word): code for word, code in said.items() if code in codes} | words
        self.places: dict[tuple[str, str], str] = {}
        for remembered in store.find(ImportWord):
            if remembered.field_name in self._known:
                self._known[remembered.field_name][remembered.word] = remembered.value
            else:
                self.places[remembered.field_name, remembered.word] = remembered.value
        self.learnt: dict[str, ImportWord] = {}

    def _stage_words(self) -> dict[str, str]:
        ids = {stage.id for stage in self._stages}
        known = {fold(word): stage for stage, said in STAGE_WORDS.items() if stage in ids for word in said.split(",")}
        for stage in self._stages:
            known |= {fold(stage.label): stage.id, fold(stage.id): stage.id, fold(stage.letter): stage.id}
        return known

    def learn(self, field_name: str, word: str, value: str) -> None:
        """Map a word once and for all: for every row of this import and, once imported, for later ones."""
        folded = fold(word)
        if field_name in self._known:
            self._known[field_name][folded] = value
        else:
            self.places[field_name, folded] = value
        key = f"{field_name}/{folded}"
        self.learnt[key] = ImportWord(key, field_name, folded, value)

    def stage_of(self, text: str) -> str | None:
        """The stage that a word stands for, if it is known exactly."""
        return self._known["stage"].get(fold(text))

    def knows(self, list_name: str, text: str) -> bool:
        """Whether a word of a stage ("stage") or a code list is known."""
        return fold(text) in self._known[list_name]

    def label_of(self, list_name: str, code: str) -> str:
        """The register's words for a code; the code itself when its list does not have it."""
        return next((item.label for item in self._lists[list_name] if item.code == code), code)

    def read_stage(self, cell: Cell) -> Reading:
        """A stage's id."""
        text, _ = text_of_cell(cell)
        if not text or is_not_known(text):
            return BLANK
        found, note = self._stage_in(text)
        if found is not None:
            return Reading(found, note=note)
        folded, known = fold(text), self._known["stage"]
        offers = [stage for stage in self._stages if not stage.retired]
        near = [stage for stage in offers if any(is_near(folded, word) for word, to in known.items() if to == stage.id)]
        words = f"“{text[:60]}” is not a stage of this register. Which is it?"
        ordered = [*near, *(stage for stage in offers if stage not in near)]
        return Reading(None, words, mends=tuple(Mend(MendKind.USE, _use(stage), value=stage.id) for stage in ordered))

    def is_stage(self, text: str) -> bool:
        """Whether a text names one stage, alone or among other words."""
        return self._stage_in(text)[0] is not None

    def _stage_in(self, text: str) -> tuple[str | None, str]:
        """The one stage a text names, and a note when other words stand around it."""
        folded, known = fold(text), self._known["stage"]
        if found := known.get(folded) or known.get(fold(_BRACKETS.sub(" ", text))):
            return found, ""
        inside = {known[words] for words in _phrases(folded) if len(words) >= 6 and words in known}
        if len(inside) != 1 or _EXCEPT.search(folded):
            return None, ""
        stage_id = inside.pop()
        label = next((stage.label for stage in self._stages if stage.id == stage_id), stage_id)
        return stage_id, f"“{text[:60]}” was read as {label}."

    def code_reader(self, list_name: str) -> Reader:
        """A reader of one code list's words."""
        known, items = self._known[list_name], self._lists[list_name]

        def read(cell: Cell) -> Reading:
            text, _ = text_of_cell(cell)
            if not text or text in ("-", "–", "?"):
                return BLANK
            if found := known.get(fold(text)):
                return Reading(found)
            if is_not_known(text):
                return BLANK
            near = [item for item in items if is_near(fold(text), fold(item.label))]
            ordered = [*near, *(item for item in items if item not in near)]
            mends = [Mend(MendKind.USE, f"Use {item.label}", value=item.code) for item in ordered]
            words = f"“{text[:60]}” is not in the register’s list. Which entry is it?"
            return Reading(None, words, mends=(*mends, Mend(MendKind.BLANK, "Leave it blank")))

        return read


def _use(stage: Stage) -> str:
    return f"Use {stage.label}"


def _phrases(folded: str) -> Iterable[str]:
    words = folded.split()[:12]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            yield " ".join(words[start:end])


@dataclass(slots=True)
class Places:
    """The names of one kind (services, workers …) known to the register, and those the sheet brings.

    `made` are new records by key; `first_row` says where each was first met.
    """

    record_type: type[Place]
    noun: str
    known: dict[str, Place]
    words: Words
    field_name: str
    made: dict[str, Place] = field(default_factory=dict)
    first_row: dict[str, int] = field(default_factory=dict)
    wished: set[str] = field(default_factory=set)
    """Keys of names that someone said are new."""
    met: Counter[str] = field(default_factory=Counter)

    def read(self, cell: Cell) -> Reading:
        """The record's id; a new record is prepared for a name never met, and a nearly known one is a problem."""
        text, note = text_of_cell(cell)
        text = " ".join(text.split())
        if not text or text in ("-", "–", "?"):
            return BLANK
        key = place_key(text)
        if is_not_known(text) or fold(text) in _NOBODY or not key:
            return Reading(None, note=f"“{text[:60]}”: the {self.noun} is left empty.")
        if found := self.known.get(key) or self.made.get(key):
            return Reading(found.id, note=note)
        remembered = self.words.places.get((self.field_name, fold(text)))
        if remembered and (remembered in self.made or any(place.id == remembered for place in self.known.values())):
            return Reading(self.made[remembered].id if remembered in self.made else remembered)
        like = self._near(key) if key not in self.wished else []
        if like:
            names = " or ".join(place.name for place in like)
            uses = [Mend(MendKind.USE, f"Use {place.name}", value=self._name_of(place)) for place in like]
            words = f"No {self.noun} is called “{text}”. Use {names}?"
            return Reading(None, words, mends=(*uses, Mend(MendKind.NEW, f"New {self.noun}", value=text)))
        made: Place = self.record_type(id=new_id(), name=text)
        self.made[key] = made
        return Reading(made.id, note=note)

    def _name_of(self, place: Place) -> str:
        """What stands for a place in a decision: its id, or its key while it is only in the sheet."""
        key = place_key(place.name)
        return key if key in self.made else place.id

    def _near(self, key: str) -> list[Place]:
        """Names a slip away: those of the register, and those this sheet uses far more often."""
        often = (other for other, count in self.met.items() if count >= 3 and count >= 3 * self.met[key])
        pool = {other: self.known.get(other) or self.made.get(other) for other in (*self.known, *often)}
        return [place for other, place in pool.items() if place is not None and _is_like(key, other)][:3]


def places_of(
    record_type: type[Place], noun: str, field_name: str, records: Iterable[Place], words: Words, cells: Iterable[Cell]
) -> Places:
    """What is known of one kind of name. `cells` are the column's: a rare spelling is measured against usual ones."""
    found = Places(record_type, noun, {place_key(record.name): record for record in records}, words, field_name)
    counted = Counter(cell for cell in cells if isinstance(cell, str))
    for text, count in counted.items():
        found.met[place_key(text)] += count
    # The usual spellings first, so that a slip met in an early row is measured against them.
    for text, _ in sorted(counted.items(), key=lambda item: -item[1]):
        if text.strip() and found.met[place_key(text)] >= 3:
            found.read(text)
    return found


def place_key(name: str) -> str:
    """A name as it is compared: "The Laurels" and "laurels" are one."""
    return fold(name).removeprefix("the ")


def _is_like(key: str, other: str) -> bool:
    if key == other or abs(len(key) - len(other)) > 8:
        return False
    if re.findall(r"\d+", key) != re.findall(r"\d+", other):
        return False
    words, others = key.split(), other.split()
    if [_SHORT.get(word, word) for word in words] == [_SHORT.get(word, word) for word in others]:
        return True
    if key.replace(" ", "") == other.replace(" ", ""):
        return True
    # An initial is all there is of a name: A. Khan and M. Khan are two people.
    if [word for word in words if len(word) < 3] != [word for word in others if len(word) < 3]:
        return False
    return len(set(key) ^ set(other)) <= 4 and is_near(key, other)


def settle_new_services(services: Places, stages: Mapping[str, Counter[str]]) -> None:
    """Give each new service the stage that all its rows agree on."""
    for key, place in services.made.items():
        found = stages.get(place.id)
        if found and len(found) == 1 and isinstance(place, Service):
            services.made[key] = Service(place.id, place.name, place.provider_id, next(iter(found)), place.locality)
