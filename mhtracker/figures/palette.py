"""The plain colours that a picture is drawn in. Paper's stand here; the window's theme passes its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from reportlab.lib.colors import Color, HexColor

from mhtracker.domain.records import Stage


@dataclass(frozen=True, slots=True)
class StageColour:
    """A stage's fill, the letter on it and the 1 px edge round it, as "#RRGGBB"."""

    fill: str
    letter: str
    edge: str


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as "#RRGGBB". `stages` is keyed by `Stage.colour`."""

    surface: str
    sunken: str
    line: str
    line2: str
    text: str
    text2: str
    text3: str
    today: str
    danger_text: str
    danger_tint: str
    danger: str
    warn_text: str
    warn_tint: str
    warn: str
    ok_text: str
    ok: str
    info_text: str
    info: str
    none: str
    band: str
    stages: Mapping[str, StageColour]

    def stage(self, stage: Stage) -> StageColour:
        """A stage's colours; a stage of unknown colour is grey, and its letter and height carry the meaning."""
        found = self.stages.get(stage.colour) or self.stages.get(stage.id)
        return found or StageColour(self.none, self.surface, self.text2)


@cache
def colour(value: str) -> Color:
    """A "#RRGGBB" as reportlab's colour. Never parse a colour that came from data: reportlab evaluates colour names."""
    return HexColor(int(value[1:], 16))


def _stages(**columns: str) -> Mapping[str, StageColour]:
    return MappingProxyType({name: StageColour(*triple.split("/")) for name, triple in columns.items()})


PAPER = Palette(
    surface="#FFFFFF",
    sunken="#F4F2EE",
    line="#E1DED7",
    line2="#CBC7BE",
    text="#1B2025",
    text2="#474D54",
    text3="#5F656C",
    today="#C2362D",
    danger_text="#9F1F1A",
    danger_tint="#FBEAE8",
    danger="#C2362D",
    warn_text="#744600",
    warn_tint="#FCF1DB",
    warn="#B36B00",
    ok_text="#1F5E38",
    ok="#2F7D4B",
    info_text="#1D4F8A",
    info="#1F5A9E",
    none="#70757C",
    band="#C9DAEE",
    stages=_stages(
        hospital="#213540/#FFFFFF/#14232B",
        residential="#504D91/#FFFFFF/#39366F",
        nursing="#9E3A66/#FFFFFF/#712748",
        enablement="#267F88/#FFFFFF/#1A5F66",
        supported="#7AA76A/#12210C/#4C7440",
        visiting="#BC7430/#190C00/#85501E",
        floating="#9CBDEE/#0C1B30/#4C74AE",
        independent="#F0D36A/#2A2100/#8C7220",
    ),
)

DARK = Palette(
    surface="#1F2226",
    sunken="#1B1E21",
    line="#31353B",
    line2="#454A52",
    text="#ECEAE5",
    text2="#BDBFC2",
    text3="#A0A4AA",
    today="#F0736A",
    danger_text="#FFB3AB",
    danger_tint="#40211F",
    danger="#F0736A",
    warn_text="#F5C77A",
    warn_tint="#3B2D14",
    warn="#E0A036",
    ok_text="#9BD8AF",
    ok="#5DB57D",
    info_text="#A9CCF7",
    info="#86B7F2",
    none="#989DA4",
    band="#2C4766",
    stages=_stages(
        hospital="#566E80/#FFFFFF/#8CA2B3",
        residential="#8D7BC4/#0F0A1F/#B9ACE0",
        nursing="#D07A9F/#1F0712/#E8B0C8",
        enablement="#4FB0B6/#04191B/#8ED3D8",
        supported="#A6CC99/#101E0A/#C9E3C0",
        visiting="#D79A5E/#190C00/#EBC39C",
        floating="#B5CFF5/#0C1B30/#D9E6FA",
        independent="#FFE888/#241C00/#FFF3C2",
    ),
)

CONTRAST = Palette(
    surface="#000000",
    sunken="#000000",
    line="#8C8C8C",
    line2="#BFBFBF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E6E6E6",
    today="#FF8A80",
    danger_text="#FFB0A8",
    danger_tint="#000000",
    danger="#FF8A80",
    warn_text="#FFD873",
    warn_tint="#000000",
    warn="#FFC933",
    ok_text="#9BF2B4",
    ok="#6BE58E",
    info_text="#8AE8FF",
    info="#5CE1FF",
    none="#D9D9D9",
    band="#1F5F75",
    stages=_stages(
        hospital="#5D7285/#FFFFFF/#FFFFFF",
        residential="#917DDA/#000000/#FFFFFF",
        nursing="#D97BA6/#000000/#FFFFFF",
        enablement="#30B6C0/#000000/#FFFFFF",
        supported="#A0D39A/#000000/#FFFFFF",
        visiting="#E0A060/#000000/#FFFFFF",
        floating="#B5CFF5/#000000/#FFFFFF",
        independent="#FFED87/#000000/#FFFFFF",
    ),
)
