"""What examples say: read from the files beside this one, chosen by a seed."""

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """One file of words."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


def weighted_choice(rng: random.Random, some: list[dict[str, Any]]) -> dict[str, Any]:
    """One of several, by their weights."""
    return rng.choices(some, [one["weight"] for one in some])[0]


def weighted_share(rng: random.Random, shares: dict[Any, float]) -> Any:
    """One of several, by the share of each."""
    return rng.choices(list(shares), list(shares.values()))[0]


def perhaps(rng: random.Random, likelihood: float, texts: list[str]) -> str:
    """One of several texts, or, as often as not likely, none."""
    return rng.choice(texts) if rng.random() < likelihood else ""
