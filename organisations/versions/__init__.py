"""Versions of what editors change: in words, and put back."""

from .restoring import put_back
from .words import Reading, Step, steps

__all__ = ["Reading", "Step", "put_back", "steps"]
