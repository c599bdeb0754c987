"""What is in the file of a backup, and in the database."""

import gzip
import itertools
import json
from pathlib import Path

from peersupport.backups.files import written
from peersupport.backups.tables import backed_up_models, backed_up_rows


def lines_of(path: Path) -> list:
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines][:-1]


def rewritten(path: Path, change) -> Path:
    """A whole file, with a right checksum, of what somebody made of another one."""
    changed = path.with_name("changed")
    values = lines_of(path)
    change(values)
    with written(changed) as lines:
        for value in values:
            lines.write(value)
        lines.close()
    return changed


def section(values: list, label: str) -> tuple[int, list[list]]:
    """Where the section of a model begins, and the rows in it, which may be changed."""
    head = next(n for n, value in enumerate(values) if isinstance(value, dict) and value.get("model") == label)
    return head, list(itertools.takewhile(lambda value: isinstance(value, list), values[head + 1 :]))


def state() -> dict[str, list]:
    """Every row of every table that is backed up."""
    return {model._meta.label: list(backed_up_rows(model).values()) for model in backed_up_models()}
