"""Clean texts for paper, and say where a line of them may break."""

import re
import unicodedata
from collections.abc import Iterable

from ...choices import Month
from .letter_widths import Text

NO_BREAK = "\N{NO-BREAK SPACE}"
#: No line breaks within postcodes, telephone numbers, and days with their month.
_TOGETHER = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b0\d[\d ]{7,14}\d\b|\b\d{1,2} (?:" + "|".join(Month.labels) + r")\b"
)
_DIGIT = re.compile(r"\d")


def clean(text: str) -> str:
    """Return the text in one line, without unprintable characters: control characters and lone surrogates."""
    if not text.isprintable():
        text = "".join(
            " " if letter.isspace() else letter for letter in text if letter.isspace() or _is_visible(letter)
        )
    text = " ".join(text.split())
    # All that stays together has digits; looking for them is sooner.
    return _TOGETHER.sub(lambda match: match[0].replace(" ", NO_BREAK), text) if _DIGIT.search(text) else text


def cut(text: str, longest: int) -> Text:
    """Return the clean text, split if a word is too long: after / and @, else after . - and _, else anywhere."""
    text = clean(text)
    if len(text) <= longest or max(map(len, text.split(" "))) <= longest:
        return text
    pieces = [text]
    for end in (r"(?<= )", r"(?<=[/@])(?!/)", r"(?<=[._-])", r"(?=.)"):
        pieces = [
            part
            for piece in pieces
            for part in (re.split(end, piece) if len(piece.strip()) > longest else [piece])
            if part
        ]
    return pieces


def cuts(texts: Iterable[str], longest: int) -> list[Text]:
    """Return the texts that are not blank, cleaned and split."""
    return [pieces for text in texts if (pieces := cut(text, longest))]


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}
