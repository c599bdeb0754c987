"""Texts for examples, from the TOML files in `texts/`, and weighted random choices."""

import random
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Key = TypeVar("Key")


@cache
def load_texts(name: str) -> dict[str, Any]:
    """Return the parsed file `texts/<name>.toml`. Cached."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


def weighted_choice(rng: random.Random, options: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one of the options, weighted by their "weight"."""
    return rng.choices(options, [option["weight"] for option in options])[0]


def weighted_share(rng: random.Random, shares: Mapping[Key, int]) -> Key:
    """Return a random key of `shares`, weighted by its value."""
    return rng.choices(list(shares), list(shares.values()))[0]


def perhaps(rng: random.Random, likelihood: float, texts: list[str]) -> str:
    """Return a random text with the given probability, else ""."""
    return rng.choice(texts) if rng.random() < likelihood else ""
