"""What parsing a sentence returns: a reading, a question with the readings to choose from, or a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass

from .patterns import Pattern
from .remarks import Remark

#: What separates the words of a schedule from its note, which is taken as it is.
NOTE = " Note: "


@dataclass(frozen=True)
class ReadPattern:
    """A pattern, and the note to be stored with it: words of the sentence that are not about its dates."""

    pattern: Pattern
    note: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.pattern.sentence}{NOTE}{self.note}" if self.note else self.pattern.sentence


@dataclass(frozen=True)
class Reading:
    """A sentence with one meaning: its patterns with their notes, and the remarks that the notes are made of."""

    rows: tuple[ReadPattern, ...]
    remarks: tuple[Remark, ...] = ()
    #: Whether the sentence itself says "ask for the time".
    asks_for_the_time: bool = False

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        return tuple(row.pattern for row in self.rows)

    @property
    def note(self) -> str:
        """The notes of all patterns, each once."""
        return " ".join(dict.fromkeys(row.note for row in self.rows if row.note))

    @property
    def sentence(self) -> str:
        """All patterns in the site's own words, each with its note; a note that all have stands behind the last."""
        if len({row.note for row in self.rows}) > 1:
            return " ".join(row.sentence for row in self.rows)
        return " ".join([*(pattern.sentence for pattern in self.patterns[:-1]), self.rows[-1].sentence])

    @property
    def lines(self) -> list[str]:
        """The rows in words that are read as the same in a cell of a spreadsheet: one line, if all have one note."""
        if len({row.note for row in self.rows}) > 1:
            return [row.sentence for row in self.rows]
        return ["; ".join([*(pattern.sentence.rstrip(".") for pattern in self.patterns[:-1]), self.rows[-1].sentence])]

    @property
    def leaves_time_open(self) -> bool:
        """Whether a regular pattern has no time although the sentence does not say to ask for it."""
        return not self.asks_for_the_time and any(
            pattern.is_regular and pattern.starts_at is None for pattern in self.patterns
        )


@dataclass(frozen=True)
class Question:
    """A sentence with several meanings, or one that is only probable: what to ask, and the readings to choose from."""

    text: str
    choices: tuple[Reading, ...]


@dataclass(frozen=True)
class Refused:
    """A sentence without a regular time that could be stored: the words that prevent it, and why, as a sentence."""

    words: str
    reason: str


Result = Reading | Question | Refused


def note_of(remarks: Iterable[Remark]) -> str:
    """Return remarks as sentences, "18+. By the river."; "" if there are none."""
    return " ".join(as_sentence(remark.words) for remark in remarks)


def as_sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}" + ("" if words[-1] in ".!?" else ".")
