"""One field of a proposal beside today's value of the listing, as text."""

from dataclasses import dataclass
from typing import NamedTuple


class Answer(NamedTuple):
    """An answer to the question about a field: the value that is posted, and its label."""

    value: str
    label: str


class Typed(NamedTuple):
    """What somebody typed, and what was read of it then, in words that are read as the same; "" if nothing was."""

    words: str
    read: str = ""


@dataclass(frozen=True)
class Comparison:
    """One field of a proposal as text: its value then, its value today, and the proposed value.

    `typed`: the words that were read as the proposed value, where they are others. `question`: must be answered, with
    one of the `answers`, before it is taken. `problem`: why it cannot be taken, as a sentence. `is_secret`: only for
    those who may know the venue of the group.
    """

    name: str
    label: str
    was: str
    today: str
    proposed: str
    typed: str = ""
    question: str = ""
    answers: tuple[Answer, ...] = ()
    problem: str = ""
    is_secret: bool = False

    @property
    def has_changed_since(self) -> bool:
        return self.was != self.today

    @property
    def is_so_already(self) -> bool:
        return self.today == self.proposed

    @property
    def is_by_hand(self) -> bool:
        """Whether it cannot be applied by a tick box: somebody enters it by hand, as a note."""
        return bool(self.problem) and not self.is_so_already
