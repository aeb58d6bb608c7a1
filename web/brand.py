"""A provider gives one colour; the tokens of both themes are derived from it, always readable."""

from __future__ import annotations

from models.operators.company import BRAND

READABLE = 4.5
WHITE = "#ffffff"

RGB = tuple[float, float, float]


def tokens(colour: str) -> str:
    """The CSS that replaces the brand tokens of base.css; empty for the default colour."""
    if colour.lower() == BRAND:
        return ""
    light, dark = themes(colour).values()
    return ":root{" + ";".join(f"--{name}:light-dark({light[name]},{dark[name]})" for name in light) + "}\n"


def themes(colour: str) -> dict[str, dict[str, str]]:
    """The brand tokens of both themes, by their names in base.css, derived from a colour like #0b5f66."""
    return {
        "light": _theme(colour, surface=WHITE, ground="#f4f3ef", towards=(0, 0, 0)),
        "dark": _theme(colour, surface="#1a1e1d", ground="#121514", towards=(255, 255, 255)),
    }


def _theme(colour: str, surface: str, ground: str, towards: RGB) -> dict[str, str]:
    fill = _until(_rgb(colour), (0, 0, 0), lambda c: _contrast(c, _rgb(WHITE)))
    ink = _until(_rgb(colour), towards, lambda c: min(_contrast(c, _rgb(surface)), _contrast(c, _rgb(ground))))
    return {
        "brand": _hex(fill),
        "brand-ink": _hex(ink),
        "brand-tint": _hex(_mix(ink, _rgb(surface), 0.09)),
        "brand-line": _hex(_mix(ink, _rgb(surface), 0.30)),
    }


def _until(colour: RGB, towards: RGB, contrast: object) -> RGB:
    for step in range(51):
        tried = _mix(towards, colour, step / 50)
        if contrast(tried) >= READABLE:  # type: ignore[operator]
            return tried
    return towards


def _rgb(colour: str) -> RGB:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))  # type: ignore[return-value]


def _hex(colour: RGB) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def _mix(one: RGB, other: RGB, share: float) -> RGB:
    return tuple(a * share + b * (1 - share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def _contrast(one: RGB, other: RGB) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
