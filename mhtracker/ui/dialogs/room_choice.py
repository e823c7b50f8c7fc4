"""The places of a service in a form about a stay: chosen where the service lists them, else a room or address typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.places.units import Place, PlaceState
from mhtracker.domain.records import Placement
from mhtracker.store.queries.rooms import Kept, Rooms
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.theme import Theme

NO_PLACE = "Not known"


def place_ask(theme: Theme) -> Ask:
    """The field that takes a place."""
    return Ask("unit_id", ChoiceEdit(theme, blank=NO_PLACE), of=(Placement, "unit_id"), help="")


def room_words(place: Place, called: dict[str, str], person_id: str, today: date) -> str:
    """`Flat 16: free`, `Flat 17: held for Anil to 30 Nov`, `Flat 3: lived in`."""
    hold = place.hold
    until = f" to {text.format_day(hold.until_on, today)}" if hold is not None and hold.until_on is not None else ""
    if place.stay is not None and place.stay.person_id == person_id:
        said = "recorded here now" if not place.guessed else "free, as far as is recorded"
    elif place.stay is not None:
        said = "lived in" if not place.guessed else "nobody is recorded here"
    elif hold is not None and hold.person_id is not None:
        whom = "them" if hold.person_id == person_id else called.get(hold.person_id, "somebody else")
        said = f"held for {whom}{until}"
    elif place.state == PlaceState.FREE:
        said = "free"
    elif hold is not None:
        said = f"out of use{until}"
    else:
        opens = place.free_from
        said = f"opens {text.format_day(opens, today)}" if opens is not None else "out of use"
    return f"{place.name}: {said}"


def offer_rooms(form: Form, rooms: Rooms, person_id: str, today: date) -> None:
    """Offer the places of the service chosen. A room is typed only while none of them is chosen."""
    places = rooms.of(_read(form, "service_id"))
    editor: Any = form.editors["unit_id"]
    offered = tuple(
        Choice(place.unit.id, room_words(place, dict(rooms.called), person_id, today))
        for place in places
        if place.unit is not None
    )
    if offered != getattr(editor, "offered", ()):
        editor.offered = offered
        editor.set_choices(offered)
    form.set_shown("unit_id", bool(offered))
    form.set_shown("address", not offered or _read(form, "unit_id") is None)


def _read(form: Form, name: str) -> object:
    try:
        return form.editors[name].value()
    except Invalid:
        return None


def kept_words(kept: Kept, called: str, today: date) -> str:
    """From where a suggestion comes: `Canal View, Flat 18 is held for Errol to 30 Nov`."""
    if kept.hold is not None:
        until = f" to {text.format_day(kept.hold.until_on, today)}" if kept.hold.until_on is not None else ""
        return f"{kept.name} is held for {called}{until}."
    day = kept.offer.answered_on if kept.offer is not None else None
    on = f" on {text.format_day(day, today)}" if day is not None else ""
    return f"{called} accepted {kept.name}{on}."
