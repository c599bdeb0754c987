"""Validates a service of a feed against the schema of HSDS-UK 3.0, with violations as sentences."""

import datetime
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_SCHEMA = Path(__file__).parent / "schema" / "service.json"
_FORMATS = {"uuid": "UUID", "uri": "address with a scheme", "email": "e-mail address", "date-time": "date and time"}
_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "an object",
}
#: The most characters of a value that are quoted.
_LONGEST = 40


@dataclass(frozen=True)
class Violation:
    """Where a record breaks the schema, such as `contacts[0].id`; and how, as a sentence."""

    path: str
    sentence: str
    #: The same for all records that break it so: neither a position in a list nor a value is in it.
    kind: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


def violations(service: Any) -> list[Violation]:
    """Return where a service breaks the schema, formats too, in the order of their paths; [] if it is valid."""
    found = [_violation(error) for error in _validator().iter_errors(service)]
    return sorted(found, key=lambda violation: (violation.path, violation.sentence))


@cache
def _validator() -> "Draft202012Validator":
    # The library takes memory: only processes that read a feed import it.
    from jsonschema import Draft202012Validator, FormatChecker

    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    checker = FormatChecker(formats=("uuid", "email"))
    checker.checks("uri")(_is_uri)
    checker.checks("date-time")(_is_date_time)
    return Draft202012Validator(schema, format_checker=checker)


def _violation(error: "ValidationError") -> Violation:
    steps = list(error.absolute_path)
    sentence, same = _sentence(error)
    # "required" is said of the object that lacks it: its own path is where people look.
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        steps += [next((name for name in missing if error.message.startswith(repr(name))), missing[0])]
    names = [step for step in steps if isinstance(step, str)]
    return Violation(_path(steps), sentence, f"{'.'.join(names)}: {same}")


def _path(steps: list[str | int]) -> str:
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return words.removeprefix(".")


def _sentence(error: "ValidationError") -> tuple[str, str]:
    """Return how a record breaks the schema, as a sentence, and the same without its value."""
    value, rule = error.instance, error.validator_value
    match error.validator:
        case "required":
            same = "This is missing."
        case "type" if value is None:
            same = "This is null. A field without a value is left out."
        case "type":
            same = f"This is not {_TYPES.get(str(rule), rule)}."
        case "format":
            same = f"This is no {_FORMATS.get(str(rule), rule)}."
        case "enum":
            same = f"This is none of: {', '.join(map(str, rule))}."
        case _:
            same = f"This breaks the rule “{error.validator}”."
    if error.validator in ("format", "enum"):
        return f"“{_shown(value)}”: {same}", same
    return same, same


def _shown(value: Any) -> str:
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and value.isprintable() and " " not in value


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        moment = datetime.datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return moment.tzinfo is not None and "T" in value.upper()
