"""Versions of what editors change: in words, and put back."""

from .names import pointed_at
from .restoring import put_back
from .states import State, states
from .words import Reading, Step, steps

__all__ = ["Reading", "State", "Step", "pointed_at", "put_back", "states", "steps"]
