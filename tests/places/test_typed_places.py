"""Two hundred places that people type, over every real town, locality, area and alias.

`data/typed_places.csv` has what is typed and the right answer: a place, choices, or not found; and the labels of the
places that are shown, from the first on.
"""

import csv
from pathlib import Path

import pytest

from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices
from tests.places.every_locality import load_every_locality

TYPED = Path(__file__).parent / "data" / "typed_places.csv"


def typed_places() -> list[dict[str, str]]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def answer_to(typed: str) -> tuple[str, list[str]]:
    found = locate(typed)
    if isinstance(found, LocatedPlace):
        return "place", [found.label]
    if isinstance(found, PlaceChoices):
        return "choices", [option.label for option in found.options]
    return "not found", [suggestion.label for suggestion in found.suggestions]


def test_there_are_at_least_150_typed_places():
    typed = [row["typed"] for row in typed_places()]

    assert len(set(typed)) == len(typed) >= 150


@pytest.mark.django_db
@pytest.mark.one_database
def test_locate_gives_the_right_answer_to_every_typed_place():
    load_every_locality()

    wrong = []
    for row in typed_places():
        answer, labels = answer_to(row["typed"])
        right = [label for label in row["labels"].split(" | ") if label]
        shown = labels[: len(right)] if right else labels
        if (answer, shown) != (row["answer"], right):
            wrong.append(f"{row['typed']}: {answer} {labels}, not {row['answer']} {right}")

    assert wrong == []
