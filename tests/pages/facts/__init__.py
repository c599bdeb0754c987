"""What the first five sources say, fact by fact, and where a visitor reads it."""

from . import dudley_mind, kmpt, north_east_together, open_mental_health, take_off
from .kmpt import PSW, TRUST
from .north_east_together import GUISBOROUGH, LOFTUS
from .on import On
from .open_mental_health import FACILITATED, INDEPENDENT, THURSDAY

__all__ = ["FACILITATED", "FACTS", "GUISBOROUGH", "INDEPENDENT", "LOFTUS", "PSW", "THURSDAY", "TRUST", "On"]

FACTS: dict[str, list[On]] = {
    **take_off.FACTS,
    **open_mental_health.FACTS,
    **north_east_together.FACTS,
    **kmpt.FACTS,
    **dudley_mind.FACTS,
}
