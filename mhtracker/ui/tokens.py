"""The colours, type and measures of the design, as plain data. No Qt here, so that tests and tools can read it.

Every colour has a value for light, dark and contrast, in that order. The ratios that each must keep are checked by
`tests/ui/test_theme.py`, computed from these values.
"""

from __future__ import annotations

from typing import NamedTuple

THEMES = ("light", "dark", "contrast")

COLOURS: dict[str, tuple[str, str, str]] = {
    "window": ("#F6F5F2", "#17191C", "#000000"),
    "rail": ("#EDEBE6", "#121416", "#000000"),
    "surface": ("#FFFFFF", "#1F2226", "#000000"),
    "sunken": ("#FAF9F7", "#1B1E21", "#000000"),
    "hover": ("#F1EFEB", "#282C31", "#262626"),
    "selected": ("#E3ECF7", "#24364C", "#00374F"),
    "line": ("#E1DED7", "#31353B", "#8C8C8C"),
    "line2": ("#CBC7BE", "#454A52", "#BFBFBF"),
    "band": ("#C9DAEE", "#2C4766", "#1F5F75"),
    "text": ("#1B2025", "#ECEAE5", "#FFFFFF"),
    "text2": ("#474D54", "#BDBFC2", "#FFFFFF"),
    "text3": ("#5F656C", "#A0A4AA", "#E6E6E6"),
    "accent": ("#1F5A9E", "#86B7F2", "#5CE1FF"),
    "on-accent": ("#FFFFFF", "#0D1B2B", "#000000"),
    "pressed": ("#17467D", "#A9CCF7", "#A6EFFF"),
    "border": ("#847F75", "#7D838C", "#FFFFFF"),
    "focus": ("#0A58CA", "#A9CCF7", "#FFE14D"),
    "today": ("#C2362D", "#F0736A", "#FF8A80"),
    "toast": ("#22272D", "#ECEAE5", "#FFFFFF"),
    "on-toast": ("#FFFFFF", "#17191C", "#000000"),
    "toast-link": ("#A9CCF7", "#1D4F8A", "#000000"),
}

GROUNDS = ("window", "rail", "surface", "sunken", "hover", "selected")
"""What text and controls may stand on."""

STATUSES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str], tuple[str, str, str]]] = {
    "danger": (("#9F1F1A", "#FBEAE8", "#C2362D"), ("#FFB3AB", "#40211F", "#F0736A"), ("#FFB0A8", "#000000", "#FF8A80")),
    "warn": (("#744600", "#FCF1DB", "#B36B00"), ("#F5C77A", "#3B2D14", "#E0A036"), ("#FFD873", "#000000", "#FFC933")),
    "ok": (("#1F5E38", "#E6F2EA", "#2F7D4B"), ("#9BD8AF", "#1D3526", "#5DB57D"), ("#9BF2B4", "#000000", "#6BE58E")),
    "info": (("#1D4F8A", "#E6EEF8", "#1F5A9E"), ("#A9CCF7", "#1E3148", "#86B7F2"), ("#8AE8FF", "#000000", "#5CE1FF")),
    "none": (("#474D54", "#EFEDE8", "#70757C"), ("#C6C8CB", "#2C3035", "#989DA4"), ("#FFFFFF", "#000000", "#D9D9D9")),
}
"""Text, tint and shape of each family of status."""

STAGES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str], tuple[str, str, str]]] = {
    "hospital": (
        ("#213540", "#FFFFFF", "#14232B"),
        ("#566E80", "#FFFFFF", "#8CA2B3"),
        ("#5D7285", "#FFFFFF", "#FFFFFF"),
    ),
    "residential": (
        ("#504D91", "#FFFFFF", "#39366F"),
        ("#8D7BC4", "#0F0A1F", "#B9ACE0"),
        ("#917DDA", "#000000", "#FFFFFF"),
    ),
    "nursing": (
        ("#9E3A66", "#FFFFFF", "#712748"),
        ("#D07A9F", "#1F0712", "#E8B0C8"),
        ("#D97BA6", "#000000", "#FFFFFF"),
    ),
    "enablement": (
        ("#267F88", "#FFFFFF", "#1A5F66"),
        ("#4FB0B6", "#04191B", "#8ED3D8"),
        ("#30B6C0", "#000000", "#FFFFFF"),
    ),
    "supported": (
        ("#7AA76A", "#12210C", "#4C7440"),
        ("#A6CC99", "#101E0A", "#C9E3C0"),
        ("#A0D39A", "#000000", "#FFFFFF"),
    ),
    "visiting": (
        ("#BC7430", "#190C00", "#85501E"),
        ("#D79A5E", "#190C00", "#EBC39C"),
        ("#E0A060", "#000000", "#FFFFFF"),
    ),
    "floating": (
        ("#9CBDEE", "#0C1B30", "#4C74AE"),
        ("#B5CFF5", "#0C1B30", "#D9E6FA"),
        ("#B5CFF5", "#000000", "#FFFFFF"),
    ),
    "independent": (
        ("#F0D36A", "#2A2100", "#8C7220"),
        ("#FFE888", "#241C00", "#FFF3C2"),
        ("#FFED87", "#000000", "#FFFFFF"),
    ),
    "other": (
        ("#6A7078", "#FFFFFF", "#4A5058"),
        ("#9CA2AA", "#101316", "#C6CAD0"),
        ("#A8AEB6", "#000000", "#FFFFFF"),
    ),
}
"""Fill, letter and edge of each stage colour. "other" serves stages whose colour is not among these."""

STAGE_HEIGHTS: dict[str, float] = {
    "hospital": 0.38,
    "residential": 0.50,
    "nursing": 0.50,
    "enablement": 0.66,
    "supported": 0.83,
    "visiting": 0.83,
    "floating": 0.92,
    "independent": 1.0,
    "other": 0.60,
}
"""How high a stage's bar rises in a strip, as a part of the whole: higher is more independent."""

FONTS: dict[str, tuple[float, int]] = {
    "title": (17, 600),
    "panel": (13, 600),
    "heading": (11, 600),
    "body": (10, 400),
    "strong": (10, 600),
    "caption": (9, 400),
    "caption-strong": (9, 600),
}
"""Points and weight of each role of text."""


class Status(NamedTuple):
    text: str
    tint: str
    shape: str


class StageColour(NamedTuple):
    fill: str
    letter: str
    edge: str


def colour(token: str, theme: str) -> str:
    """The "#RRGGBB" of a token in one of `THEMES`."""
    return COLOURS[token][THEMES.index(theme)]


def status(family: str, theme: str) -> Status:
    """The colours of a family of status: danger, warn, ok, info, none."""
    return Status(*STATUSES[family][THEMES.index(theme)])


def stage(key: str, theme: str) -> StageColour:
    """The colours of a stage; a key that is not known gets the neutral ones."""
    return StageColour(*STAGES.get(key, STAGES["other"])[THEMES.index(theme)])


def stage_height(key: str) -> float:
    """How high a stage's bar rises, 0 to 1."""
    return STAGE_HEIGHTS.get(key, STAGE_HEIGHTS["other"])


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two "#RRGGBB" colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(hex_colour: str) -> float:
    parts = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
