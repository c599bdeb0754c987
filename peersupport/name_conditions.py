"""Database conditions for `name_ranking`: each is met by all rows that a term matches in a certain way, and some more.

No database folds names as Python does, so Python ranks what these leave. See docs/adr/0076.
"""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import and_, or_
from string import punctuation
from typing import Any

from django.db.models import BooleanField, F, Func, IntegerField, JSONField, Model, Q, Value
from django.db.models.functions import Left, Length, Replace
from django.db.models.lookups import GreaterThan, In, LessThanOrEqual

from .name_ranking import Term

#: First characters that are none of a folded name.
_BEFORE_A_NAME = [" ", "’", *punctuation]
#: Longer terms are cut: a condition may be met by more rows.
_MOST_LETTERS, _MOST_WORDS = 40, 8
#: The pattern of "Saint" and "St", which are folded to "st".
_SAINT = "s%t"


class _Like(Func):
    """Whether a text matches a pattern of folded words and wildcards, in capitals or not."""

    template, arg_joiner, output_field = "(%(expressions)s)", " LIKE ", BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" ILIKE ", **extra)


class _HasSigns(Func):
    """Whether a text has other characters than ASCII letters, digits and spaces."""

    template, output_field = "(%(expressions)s GLOB '*[^A-Za-z0-9 ]*')", BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s ~ '[^A-Za-z0-9 ]')", **extra)


class _Bytes(Func):
    """The length of a text in bytes of UTF-8."""

    function, output_field = "OCTET_LENGTH", IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # SQLite has `octet_length` since 3.43.
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **extra)


class NameConditions:
    """The conditions of a term on a model, with the paths of its name and other names, and of its context."""

    def __init__(self, term: Term, model: type[Model], names: Sequence[str], context: Sequence[str]) -> None:
        self._model, self._names, self._context = model, names, context
        self._words = [word[:_MOST_LETTERS] for word in term.folded.split()[:_MOST_WORDS]]
        self._letters = "".join(self._words)[:_MOST_LETTERS]
        # A space or a sign after each letter, and what "Saint" is longer.
        self._longest = 2 * len(self._letters) + 5

    def matching(self) -> Q:
        """Return the condition that all rows with a rank meet."""
        return self._any(self._names, self._begins) | self._has_every_word()

    def likeliest(self) -> list[Q]:
        """Return the conditions that all rows meet of which the term is the name, and of which it is the beginning."""
        return [self._any(self._names, of_name) | self._is_label() for of_name in (self._is, self._begins)]

    def _any(self, paths: Sequence[str], condition: Callable[[Any], Q]) -> Q:
        return reduce(or_, (_at(self._model, path, condition) for path in paths), Q())

    def _has_every_word(self) -> Q:
        paths = [*self._names, *self._context]
        return reduce(and_, (self._any(paths, partial(_has, word=word)) for word in self._words))

    def _is_label(self) -> Q:
        """Return the condition of rows of which the term may be the name and the context, or their beginning."""
        if not self._context or len(self._words) == 1:
            return Q()
        first = _in_order(self._words[0])

        def begins(text: Any) -> Q:
            is_short = Q(LessThanOrEqual(Length(text), self._longest))
            return (_like(text, f"{first}%") | _is_rewritten(text, self._words)) & is_short

        return self._any(self._names[:1], begins) & self._has_every_word()

    # Of one text

    def _begins(self, text: Any) -> Q:
        """Return the condition of texts that begin with the term, with or without spaces, or with its initials."""
        letters = _in_order(self._letters)
        initials = _like(text, f"{'% '.join(self._letters)}%") | _has_signs(text)
        close = Q(_Like(Left(text, self._longest), Value(f"{letters}%"))) | initials
        return (_like(text, f"{letters}%") & close) | _is_rewritten(text, self._words)

    def _is(self, text: Any) -> Q:
        return self._begins(text) & Q(LessThanOrEqual(Length(text), self._longest))


def _at(model: type[Model], path: str, condition: Callable[[Any], Q]) -> Q:
    """Return the condition of rows with a text at a path that meets a condition; lists that hold any text meet all.

    Rows of other tables are found first, once, instead of joined to each row.
    """
    name, _, rest = path.partition("__")
    field: Any = model._meta.get_field(name)
    if rest:
        related = field.related_model._base_manager.filter(_at(field.related_model, rest, condition))
        return Q(**{f"{name}__in": related.order_by().values("pk")})
    return ~Q(**{name: []}) if isinstance(field, JSONField) else condition(F(name)) | _is_odd(F(name))


def _has(text: Any, word: str) -> Q:
    """Return the condition of texts with a word that begins so."""
    pattern = f"{_SAINT if word == 'st' else word}%"
    plain = Replace(Replace(text, Value("'"), Value("")), Value("’"), Value(""))
    has_apostrophe = _like(text, "%'%") | _like(text, "%’%")
    # A folded word begins the text, or stands after a space or a sign.
    begins_a_word = _like(text, pattern) | _like(text, f"% {pattern}") | _has_signs(text)
    return (
        (_like(text, f"%{pattern}") & begins_a_word)
        | (has_apostrophe & _like(plain, f"%{pattern}"))
        | (_like(text, "%&%") if word in {"a", "an", "and"} else Q())
    )


def _is_rewritten(text: Any, words: Sequence[str]) -> Q:
    """Return the condition of texts that begin with a sign, or may have a word of the term as "&"."""
    begins_with_a_sign = Q(In(Left(text, 1), _BEFORE_A_NAME))
    return begins_with_a_sign | (_like(text, "%&%") if "a" in "".join(words) else Q())


def _has_signs(text: Any) -> Q:
    """Return the condition of texts with signs, which may stand between words."""
    return Q(_HasSigns(text))


def _is_odd(text: Any) -> Q:
    """Return the condition of texts with letters or marks that are folded to others."""
    return Q(GreaterThan(_Bytes(Replace(text, Value("’"), Value(""))), Length(Replace(text, Value("’"), Value("")))))


def _in_order(letters: str) -> str:
    """Return the pattern of letters with anything between them."""
    return "%".join(letters)


def _like(text: Any, pattern: str) -> Q:
    return Q(_Like(text, Value(pattern)))
