"""Converts column values to JSON and back without loss, in the same form for every database."""

import base64
import datetime
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models


class Codec(NamedTuple):
    """How a value is encoded and decoded. NULL is handled outside."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


#: JSON has these.
_PLAIN = Codec(_same, _same)
#: Times to the microsecond, in whose time zone they were read: UTC.
_CODECS: "dict[type[models.Field[Any, Any]], Codec]" = {
    models.DateTimeField: Codec(datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    models.DateField: Codec(datetime.date.isoformat, datetime.date.fromisoformat),
    models.TimeField: Codec(datetime.time.isoformat, datetime.time.fromisoformat),
    models.UUIDField: Codec(str, uuid.UUID),
    models.BinaryField: Codec(lambda value: base64.b64encode(value).decode(), base64.b64decode),
    models.BooleanField: _PLAIN,
    models.CharField: _PLAIN,
    models.FloatField: _PLAIN,
    models.IntegerField: _PLAIN,
    models.JSONField: _PLAIN,
    models.TextField: _PLAIN,
}


def codec_of(field: "models.Field[Any, Any]") -> Codec:
    """Return the codec of a field. Raises `TypeError` for an unsupported kind of field."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    for kind in type(field).__mro__:
        if kind in _CODECS:
            return _CODECS[kind]
    raise TypeError(f"{field} is a {type(field).__name__}, and backups cannot hold its values.")
