"""The colours of the site, measured from the tokens: words 4.5:1, and edges, icons and rings 3:1 (WCAG 1.4.3, 1.4.11).

axe measures words only, and only where it can tell what is behind them.
"""

import re
from itertools import product

import pytest

from tests.architecture.repository import ROOT, files, name

TOKENS = (ROOT / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3}(?:[0-9a-f]{3})?|var\(--[\w-]+\));")
SCHEMES = ["light", "dark", "light, more contrast", "dark, more contrast"]

_GROUNDS = ["paper", "surface", "sand"]
_TINTS = ["mint", "apricot", "blush"]
#: Words, and what is behind them.
WORDS = [
    *product(["ink", "link", "pine-strong"], [*_GROUNDS, *_TINTS]),
    *product(["ink-soft"], [*_GROUNDS, *_TINTS]),
    *product(["clay"], [*_GROUNDS, "blush"]),
    ("on-pine", "pine"),
    ("on-pine", "pine-strong"),
    ("on-plum", "plum"),
    ("on-foot", "foot"),
]
#: What must be seen to be used or understood, and what is beside it: edges of controls, icons, what tells states apart.
EDGES = [
    *product(["control", "pine", "clay"], [*_GROUNDS, *_TINTS]),
    *product(["plum"], _GROUNDS),
    # Two rings, one in the other: one of them stands out from any ground.
    ("focus-dark", "focus-light"),
]
#: On each ground at least one of the two rings around what has the focus is seen.
RINGS = ("focus-dark", "focus-light")
#: Tokens that are in no pair, and why.
ORNAMENT = {
    "line": "Fine lines between what words and space already part; in more contrast they are as the edges of controls.",
    "marigold": "The second strand of the ornament; wherever it marks something, words say it too.",
}


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme, by name."""
    blocks = re.split(r"^@media ", TOKENS, flags=re.M)
    chosen = [blocks[0]]
    chosen += [each for each in blocks[1:] if "dark" in scheme and each.startswith("(prefers-color-scheme: dark)")]
    chosen += [each for each in blocks[1:] if "more" in scheme and each.startswith("(prefers-contrast: more)")]
    message = {token: value for block in chosen for token, value in COLOUR.findall(block)}

    def value(token: str) -> str:
        return value(message[token][6:-1]) if message[token].startswith("var(") else message[token]

    return {token: value(token) for token in message}


def contrast(row: str, other: str) -> float:
    """As WCAG reckons it: 1 where there is none, 21 between black and white."""
    dark, light = sorted((luminance(row), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_faint(pairs, colours: dict[str, str], least: float) -> dict[tuple[str, str], float]:
    measured = {(row, other): round(contrast(colours[row], colours[other]), 2) for row, other in pairs}
    return {pair: ratio for pair, ratio in measured.items() if ratio < least}


def test_contrast_is_reckoned_as_wcag_does():
    assert [round(contrast(*pair), 2) for pair in (("#000", "#fff"), ("#777777", "#fff"), ("#abc", "#aabbcc"))] == [
        21.0,
        4.48,
        1.0,
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_stand_out_from_what_is_behind_them(scheme):
    assert too_faint(WORDS, tokens(scheme), 4.5) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_icons_stand_out_from_what_is_beside_them(scheme):
    assert too_faint(EDGES, tokens(scheme), 3) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_focus_is_seen_on_every_ground(scheme):
    colours = tokens(scheme)
    grounds = [*_GROUNDS, *_TINTS, "foot", "pine", "plum"]

    best = {ground: max(contrast(colours[ring], colours[ground]) for ring in RINGS) for ground in grounds}

    assert {ground: round(ratio, 2) for ground, ratio in best.items() if ratio < 3} == {}


def test_every_colour_is_in_a_pair_or_has_a_reason():
    paired = {token for pair in (*WORDS, *EDGES) for token in pair}

    assert set(tokens("light")) == paired | set(ORNAMENT)
    assert paired & set(ORNAMENT) == set()
    assert set(tokens("dark")) == set(tokens("light"))


def test_every_pair_that_a_style_sheet_makes_is_measured():
    """A rule that gives words a colour and a ground uses a pair of these. Paper is black on white."""
    unknown = {}
    for path in files("static/css/*.css"):
        if path.name.startswith(("admin", "paper")):
            continue
        for selector, rule in re.findall(r"([^{}]+)\{([^{}]+)\}", path.read_text()):
            message = dict(re.findall(r"^\s*(color|background): var\(--([\w-]+)\);", rule, re.M))
            pair = (message.get("color"), message.get("background"))
            if all(pair) and pair not in WORDS:
                unknown[f"{name(path)}: {selector.strip()}"] = pair

    assert unknown == {}


MAP = (ROOT / "static/css/map_drawing.css").read_text()
#: On a map: words, and what must be seen, each with what is behind it.
MAP_WORDS = [*product(["words"], ["land", "area", "sea"]), ("on-pin", "pin")]
MAP_EDGES = [*product(["pin", "edge"], ["land", "area", "sea"]), ("coast", "land"), ("coast", "sea")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_can_be_read_in_each_light(scheme):
    blocks = re.split(r"^@media ", MAP, flags=re.M)
    dark = [block for block in blocks if block.startswith("screen and (prefers-color-scheme: dark)")]
    colours = {
        token: value for block in [blocks[0], *dark[: scheme == "dark"]] for token, value in COLOUR.findall(block)
    }

    assert len(dark) == 1
    assert too_faint(MAP_WORDS, colours, 4.5) == {}
    assert too_faint(MAP_EDGES, colours, 3) == {}


def test_colours_are_named_in_the_tokens_only():
    """Paper is black on white, the admin and maps have names of their own, and the logo's two friends never change."""
    elsewhere = {"tokens.css", "admin.css", "print.css", "paper.css", "paper_print.css", "map_drawing.css"}
    fixed = {"static/css/frame.css": ["#2c7766", "#123f35"]}
    found = {}
    for path in files("static/css/*.css"):
        if path.name not in elsewhere:
            screen = re.sub(r"@media print \{.*?\n\}\n", "", path.read_text(), flags=re.S)
            found[name(path)] = re.findall(r"#[0-9a-f]{3,6}(?=[;\s])", screen)

    assert {path: colours for path, colours in found.items() if colours} == fixed
