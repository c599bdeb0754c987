"""What every fault is given: the database, its cluster, a folder, and the options of the command line."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.faults.postgresql import Cluster

say = sys.stdout.write


@dataclass(frozen=True)
class Scene:
    url: str
    scratch: Path
    #: None on SQLite.
    cluster: Cluster | None
    options: argparse.Namespace

    @property
    def database(self) -> str:
        return "PostgreSQL" if self.cluster else "SQLite"


def verdict(what: str, holds: bool, detail: str = "") -> bool:
    """Write one line of a result, and return whether it holds."""
    say(f"  {'✓' if holds else '✗'} {what}{f': {detail}' if detail else ''}\n")
    return holds
