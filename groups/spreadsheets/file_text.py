"""Decodes an uploaded file that is not a workbook: its kind, its encoding, and whether it is complete. Pure."""

import codecs
import csv
import io
import json
from collections import deque

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: The percentage of the first letters with a zero byte from which a file without a mark is UTF-16.
_SAMPLE, _LEAST_EMPTY = 400, 0.4
#: The magic numbers of other kinds of file, with their names.
_NO_LISTS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
SAVE_AS = "Save it as “CSV UTF-8”, or as an Excel workbook (“.xlsx”), and send that."
_CUT = "The rest of it is missing. Save or download it again, and send that."


class UnreadableText(Exception):
    """The file is not text that can be decoded. The message says what it is, and what to do."""


def text_of(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252. Raises `UnreadableText`."""
    beginning = content.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    for start, kind in _NO_LISTS.items():
        if beginning.startswith(start.lower()):
            raise UnreadableText(f"This is {kind}, not a list. Open the list where it comes from. {SAVE_AS}")
    if encoding := _utf_16(content):
        return _decoded(content, encoding)
    try:
        return _without_null(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if _is_cut(content, "utf-8-sig"):
            raise UnreadableText(f"This file ends within a letter. {_CUT}") from None
        if _is_mostly_utf_8(content):
            line = content.count(b"\n", 0, error.start) + 1
            raise UnreadableText(f"Line {line:,} has a letter that cannot be read. {SAVE_AS}") from None
    try:
        return _without_null(content.decode("cp1252"))
    except UnicodeDecodeError:
        raise UnreadableText(f"This is neither a CSV file nor an Excel workbook. {SAVE_AS}") from None


def require_whole_csv(text: str, separator: str) -> None:
    """Raise `UnreadableText` if a text ends within a quoted cell, which would swallow all rows after it."""
    try:
        deque(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), maxlen=0)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise UnreadableText(f"A quotation mark is opened in this file and never closed. {_CUT}") from None


def is_cut_json(text: str, error: ValueError) -> bool:
    """Return whether a text is invalid JSON only because its end is missing."""
    return isinstance(error, json.JSONDecodeError) and (
        error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    )


def _utf_16(content: bytes) -> str:
    """Return the name of the UTF-16 encoding of a file, with or without a byte order mark; "" if it is none."""
    if content.startswith(_UTF_16):
        return "utf-16"
    sample = content[: _SAMPLE * 2]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        empty, other = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if not other and empty and empty >= _LEAST_EMPTY * len(sample) / 2:
            return encoding
    return ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return _without_null(content.decode(encoding))
    except UnicodeDecodeError:
        raise UnreadableText(f"This file ends within a letter. {_CUT}") from None


def _without_null(text: str) -> str:
    if "\0" in text:
        raise UnreadableText(f"This is neither a CSV file nor an Excel workbook. {SAVE_AS}")
    return text


def _is_cut(content: bytes, encoding: str) -> bool:
    """Return whether a file can be decoded but for an unfinished letter at its end, behind others of the kind."""
    try:
        decoded = codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return False
    return not decoded.isascii()


def _is_mostly_utf_8(content: bytes) -> bool:
    """Return whether most letters beyond ASCII decode as UTF-8: in another encoding hardly any would."""
    decoded = content.decode("utf-8", errors="replace")
    bad = decoded.count("\ufffd")
    return sum(not letter.isascii() for letter in decoded) - bad > bad
