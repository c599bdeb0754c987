"""The text of a cell: one shape for what is written and what is read, so that both can be compared. Pure."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from common.text import fold

from ..printing.exports import plain_cell

#: A cell of a workbook holds 32,767 letters.
LONGEST = 32_000
#: What an editor writes to empty a cell: an empty one is left as it is.
EMPTY = "-"
_EMPTY_MARKS = {EMPTY, "–", "—"}
_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\u2028|\u2029")


def tidy(text: str) -> str:
    """A text as any spreadsheet gives it back."""
    if text.isprintable():
        # Of most cells nothing needs to be taken out.
        return text.strip()[:LONGEST].strip()
    return ILLEGAL_CHARACTERS_RE.sub("", _BREAKS.sub("\n", text)).strip()[:LONGEST].strip()


def guarded(text: str) -> str:
    """A cell that no spreadsheet works out. What already begins with an apostrophe gets another, to tell them apart."""
    return f"'{text}" if text.startswith("'") else plain_cell(text)


def unguarded(cell: str) -> str:
    """What a cell said before it was guarded."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def is_empty_mark(cell: str) -> bool:
    return cell in _EMPTY_MARKS


def parts(cell: str) -> list[str]:
    """What a cell lists, with semicolons between, or one in each line."""
    return [part for part in (" ".join(one.split()) for one in re.split(r"[;\n]", cell)) if part]


def noted_parts(cell: str, mark: str) -> list[tuple[str, str]]:
    """What a cell lists, each with the note behind a mark: a note reaches to the end of its line."""
    found = []
    for line in cell.split("\n"):
        before, _, note = line.partition(mark)
        pieces = [" ".join(piece.split()) for piece in before.split(";")]
        pieces = [piece for piece in pieces if piece]
        found += [(piece, "") for piece in pieces[:-1]]
        if pieces:
            found.append((pieces[-1], note.strip()))
    return found


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known words that are nearest to one that is not known, as a question; or nothing."""
    by_fold = {fold(each): each for each in known}
    near = get_close_matches(fold(word), by_fold, n=3, cutoff=0.6)
    if not near:
        return ""
    return f" Did you mean {' or '.join(f'“{by_fold[each]}”' for each in near)}?"


def listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
