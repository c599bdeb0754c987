"""What a sentence was found to say."""

from dataclasses import dataclass

from .patterns import Pattern
from .remarks import Remark


@dataclass(frozen=True)
class Reading:
    """What a sentence says: its patterns, and what stands beside them. Without patterns, it could not be read."""

    patterns: tuple[Pattern, ...] = ()
    remarks: tuple[Remark, ...] = ()
    #: Whether the sentence says itself that the time is to be asked for.
    asks_for_the_time: bool = False

    @property
    def note(self) -> str:
        """The words that no pattern holds: "18+. By the river.". Empty if there are none."""
        parts = [remark.words for remark in self.remarks]
        return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)

    @property
    def leaves_time_open(self) -> bool:
        """Whether a regular pattern has no time, and nothing says that it is to be asked for."""
        return not self.asks_for_the_time and any(
            pattern.is_regular and pattern.starts_at is None for pattern in self.patterns
        )
