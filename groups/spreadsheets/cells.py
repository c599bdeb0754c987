"""Normalise the text of cells, so that written and read values can be compared. Pure."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from common.text import fold

from ..printing.exports import ILLEGAL_CHARACTERS, plain_cell

#: Below the 32,767 characters that a workbook cell can hold.
MAX_LENGTH = 32_000
#: The value by which an editor clears a field: an empty cell leaves it unchanged.
EMPTY = "-"
_BLANK_MARKERS = {EMPTY, "–", "—"}
_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\u2028|\u2029")


def tidy(text: str) -> str:
    """Return text as any spreadsheet gives it back: stripped, with plain line breaks, without illegal characters."""
    if text.isprintable():
        # Fast path: most cells have nothing to remove.
        return text.strip()[:MAX_LENGTH].strip()
    return ILLEGAL_CHARACTERS.sub("", _BREAKS.sub("\n", text)).strip()[:MAX_LENGTH].strip()


#: The titles of columns of telephone numbers, and a number of ten digits that begins as British ones do behind their 0.
_NUMBERS = frozenset({"Telephone", "Number for texts"})
_WITHOUT_ZERO = re.compile(r"(\(?)([12378](?:[ ()-]*\d){9})")


def with_zeros(row: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a row by title, its telephone numbers with the 0 that spreadsheets take away: "01632 960001"."""
    return {
        title: _WITHOUT_ZERO.sub(r"\g<1>0\2", text) if title in _NUMBERS and _WITHOUT_ZERO.fullmatch(text) else text
        for title, text in row
    }


def escape_cell(text: str) -> str:
    """Return text that no spreadsheet evaluates as a formula. A leading apostrophe is doubled: see `unescape_cell`."""
    return f"'{text}" if text.startswith("'") else plain_cell(text)


def unescape_cell(cell: str) -> str:
    """Return the text before `escape_cell`."""
    return cell[1:] if cell.startswith("'") and escape_cell(cell[1:]) == cell else cell


def is_blank_marker(cell: str) -> bool:
    return cell in _BLANK_MARKERS


def parts(cell: str) -> list[str]:
    """Return the items of a cell, separated by semicolons or line breaks."""
    return [part for part in (" ".join(item.split()) for item in re.split(r"[;\n]", cell)) if part]


def parts_with_notes(cell: str, separator: str) -> list[tuple[str, str]]:
    """Return `(item, note)` for each item of a cell. A note follows `separator` and ends with its line."""
    items = []
    for line in cell.split("\n"):
        before, _, note = line.partition(separator)
        pieces = [" ".join(piece.split()) for piece in before.split(";")]
        pieces = [piece for piece in pieces if piece]
        items += [(piece, "") for piece in pieces[:-1]]
        if pieces:
            items.append((pieces[-1], note.strip()))
    return items


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that suggests up to three similar known words, " Did you mean …?", or ""."""
    by_fold = {fold(each): each for each in known}
    near = get_close_matches(fold(word), by_fold, n=3, cutoff=0.6)
    if not near:
        return ""
    return f" Did you mean {' or '.join(f'“{by_fold[each]}”' for each in near)}?"
