"""What a reader has collected of a sentence so far, and the clause to which the next token belongs."""

import datetime
import re

from . import lexicon
from .clauses import Clause
from .clock_reading import Unreadable
from .conditions import Conditions
from .remarks import Kind, Remark


class ReaderState:
    """The clauses, conditions and remarks of a sentence up to the position of its reader."""

    def __init__(self, text: str, today: datetime.date) -> None:
        self.text = text
        self.today = today
        self.clauses = [Clause()]
        self.remarks: list[Remark] = []
        self.conditions = Conditions()
        self.asks_for_the_time = False
        #: Whether times come before their days in this sentence; None until the first of either.
        self.is_time_first: bool | None = None
        #: Whether each clause after the first begins behind "and" or a comma.
        self.is_list = True
        self.last_time_end = 0
        #: How many days a week or dates a month the sentence counts, "twice a week"; 0 if it counts none.
        self.days_a_week = self.days_a_month = 0
        #: Whether the next time is that of all clauses: "1st Monday and 3rd Thursday, both 7pm".
        self.has_shared_time = False
        #: Whether the last token had several days or times, so that a remark may apply to the last of them only.
        self.is_after_several = False
        #: Whether hours that follow may be those of a telephone or a bus.
        self.is_after_service = False
        #: Whether a condition may apply to one of several clauses only: it follows one directly (`is_partial`), or
        #: after a full stop, which matters if another clause follows (`is_behind_stop`).
        self.is_partial = self.is_behind_stop = False
        #: Whether a remark may apply to some of the patterns only, as it follows the first clause, or several days or
        #: times of one: then all words of the sentence are the note.
        self.is_remark_partial = self.is_remark_after_several = False
        #: Whether a remark comes before the first day or time.
        self.begins_with_remark = False
        self.last_remark_end = -1
        #: Where the last words end that may be about a telephone or an office, whose days may follow; -1 if none do.
        self.last_service_end = -1

    def _words_from(self, position: int) -> str:
        """Return the words at `position` up to the next stop, for the person who is to write them otherwise."""
        words = re.split(r"[,;()]|[.!?](?=\s|$)|\s-\s", self.text[position:])[0].strip()
        return words or self.text[position:].strip()

    @property
    def _clause(self) -> Clause:
        return self.clauses[-1]

    def _clause_for_days(self, position: int) -> Clause:
        """Return the clause that days at `position` belong to: a new one if the last already has days or times."""
        if self.last_service_end >= 0 and not re.search(r"[.;!?]\s", self.text[self.last_service_end : position]):
            raise Unreadable(self._words_from(position))
        if self.is_time_first:
            if self._clause.weekdays:
                raise Unreadable
        elif self._clause.weekdays or (self._clause.ordinals and self._clause.times):
            if self._is_in_brackets(position):
                raise Unreadable
            self.is_list &= lexicon.JOINS_DAYS.search(self.text, 0, position) is not None
            self._start_clause()
        self.is_after_several = self.is_after_service = False
        return self._clause

    def _start_clause(self) -> None:
        self.is_partial |= self.is_behind_stop
        self.clauses.append(Clause())

    def _note_qualifier(self, position: int) -> None:
        """Record that the qualifier at `position` may apply to one clause only, unless it comes before the first."""
        if self._is_behind_remark(position) and self.remarks[-1].kind is Kind.WORDS:
            # "Outside term time".
            raise Unreadable(self._words_from(position))
        if self.is_after_several and self.text[:position].endswith("("):
            raise Unreadable
        if self.clauses != [Clause()]:
            is_behind_stop = self.text[:position].rstrip(" (").endswith(".")
            self.is_behind_stop |= is_behind_stop
            self.is_partial |= not is_behind_stop

    def _is_behind_remark(self, position: int) -> bool:
        """Return whether a remark ends right before `position`, without a stop between them."""
        return self.last_remark_end == len(self.text[:position].rstrip())

    def _is_in_brackets(self, position: int) -> bool:
        return self.text.count("(", 0, position) > self.text.count(")", 0, position)
