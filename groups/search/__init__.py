"""Finding groups: a question, and the groups that answer it."""

from .plain import search
from .query import Query
from .results import Results, Row

__all__ = ["Query", "Results", "Row", "search"]
