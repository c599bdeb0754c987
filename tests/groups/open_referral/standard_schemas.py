"""The schemas of the standard, and what of a record breaks them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.architecture.repository import ROOT

_FOLDER = Path(__file__).parent / "standard"
#: The schema of a service is that which imports are held to.
_SERVICE = ROOT / "groups/spreadsheets/open_referral/schema/service.json"


def violations(name: str, record: Any) -> list[str]:
    """What of a record breaks a schema of the British profile: where, and how. Formats are checked."""
    return _violations(name, record)


def hsds_violations(definition: str, record: Any) -> list[str]:
    """What of a record breaks the schema of the international standard, which has the fields that ours left out."""
    return _violations(f"hsds/{definition}", record)


def empty_values(record: Any, path: str = "") -> list[str]:
    """Where in a record there is something without a value: it should be left out."""
    if isinstance(record, dict):
        return [each for name, value in record.items() for each in empty_values(value, f"{path}.{name}")] or (
            [] if record else [path]
        )
    if isinstance(record, list):
        return [each for value in record for each in empty_values(value, f"{path}[]")] if record else [path]
    return [path] if record in (None, "") else []


def _violations(name: str, record: Any) -> list[str]:
    return [
        f"{'.'.join(map(str, error.instance_path))}: {error.message}" for error in _validator(name).iter_errors(record)
    ]


@cache
def _validator(name: str) -> Any:
    file, _, definition = name.partition("/")
    schema = json.loads((_SERVICE if file == "service" else _FOLDER / f"{file}.json").read_text())
    if definition and definition != "service":
        schema = {"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
