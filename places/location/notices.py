"""Notices where the place that was located is not quite what was typed. Pure."""

from .results import LocatedPlace


def place_notices(place: LocatedPlace | None, *, is_among_words: bool = False) -> list[str]:
    """Return a sentence for each difference between the place and what was typed; [] for no place.

    `is_among_words`: whether the place was typed in the box for words.
    """
    if place is None:
        return []
    notices = []
    if is_among_words:
        notices.append(f"You typed a postcode among your words, so we looked near {place.name}.")
    if place.approximate:
        notices.append(f"We do not know that postcode. It may be new, so we looked from the middle of {place.name}.")
    if place.typed_beside:
        notices.append(
            f"You typed a postcode and {place.typed_beside}, which is somewhere else. We looked near {place.label}."
        )
    if place.without_postcode:
        notices.append(f"We do not know that postcode, so we looked near {place.name}.")
    if place.corrected_from:
        where = "in" if place.is_area else "near"
        notices.append(f"We looked {where} {place.name}. You typed “{place.corrected_from}”.")
    return notices
