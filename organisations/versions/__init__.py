"""Versions of what editors change: in words, and put back."""

from .restoring import put_back
from .words import Step, difference, say_all, steps

__all__ = ["Step", "difference", "put_back", "say_all", "steps"]
