"""Every pair of colours that is used can be read, in both modes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from tests.ui.workbench import ROOT

CSS = (ROOT / "static/css/src/tokens.css").read_text("utf-8")
TEXT, GRAPHIC = 4.5, 3.0
GROUNDS = ("paper", "surface", "sunken")
READ = [
    *((text, ground) for text in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((text, "accent-soft") for text in ("ink", "ink-2", "accent")),
    *((text, ground) for text in ("accent", "bad", "ok") for ground in ("paper", "surface")),
    *((tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")),
    *(("ink", f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")),
    ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("paper", "ink"), ("paper", "ink-2"), ("paper", "bad"),
]  # fmt: skip
SEEN = [(mark, ground) for mark in ("edge", "focus", "accent") for ground in ("paper", "surface")]


def block(selector):
    _before, _selector, after = CSS.partition(selector + " {")
    return dict(re.findall(r"--s-([a-z0-9-]+):\s*(#[0-9A-F]{6})", after.partition("}")[0]))


MODES = {"light": block(":root"), "dark": block("[data-mode=dark]")}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_standard_one():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("mark", "ground", "least"),
    [*((*pair, TEXT) for pair in READ), *((*pair, GRAPHIC) for pair in SEEN)],
)
def test_contrast(mode, mark, ground, least):
    assert contrast(MODES[mode][mark], MODES[mode][ground]) >= least


def test_both_modes_name_the_same_colours():
    assert MODES["light"].keys() == MODES["dark"].keys()


def test_the_system_mode_is_a_copy_of_the_dark_one():
    assert block("[data-mode=auto]") == MODES["dark"]
