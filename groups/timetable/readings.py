"""The result of parsing a sentence."""

from dataclasses import dataclass

from .patterns import Pattern
from .remarks import Remark


@dataclass(frozen=True)
class Reading:
    """The patterns and remarks parsed from a sentence. Without patterns the sentence could not be read."""

    patterns: tuple[Pattern, ...] = ()
    remarks: tuple[Remark, ...] = ()
    #: Whether the sentence itself says "ask for the time".
    asks_for_the_time: bool = False

    @property
    def note(self) -> str:
        """The remarks as sentences, "18+. By the river."; "" if there are none."""
        parts = [remark.words for remark in self.remarks]
        return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)

    @property
    def leaves_time_open(self) -> bool:
        """Whether a regular pattern has no time although the sentence does not say to ask for it."""
        return not self.asks_for_the_time and any(
            pattern.is_regular and pattern.starts_at is None for pattern in self.patterns
        )
