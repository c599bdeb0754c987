"""What a service says of its place and contacts that a sheet of groups has no columns for. Pure."""

import re
from collections.abc import Iterable

from organisations.choices import Purpose

from ..role_contacts import CONTACT_DETAILS, FeedContact, contacts_cell
from ..row_state import AGREED, EMAIL, PHONE
from ..venue_details import ACCESS_NOTE, FEATURES, GETTING_THERE, OPENING_HOURS, POSITION
from .opening_hours import opening_hours
from .values import Json, nested, number, objects, text

_ABROAD = re.compile(r"^\+44\s*(?:\(0\))?\s*")
#: Digits with what people write between them: not a stroke, behind which there is another number.
_NUMBER = re.compile(r"\+?\(?\d[\d\s().-]*\d")
_FEWEST_DIGITS, _MOST_DIGITS = 3, 13
_LONGEST_ROLE, _LONGEST_PHONE, _LONGEST_HOURS = 120, 30, 120
#: What our own feed calls contacts without a role.
_PLAIN = {"Telephone and e-mail", "Telephone", "E-mail", "Number for texts"}


def dialled(number: str) -> str:
    """Return the first telephone number in a text as it is dialled in the United Kingdom; "" for none.

    What stands around it is no part of it: pages make a link of a number, and a second one may be a person's mobile.
    """
    for found in _NUMBER.findall(number):
        if _FEWEST_DIGITS <= sum(letter.isdigit() for letter in found) <= _MOST_DIGITS:
            return " ".join(_ABROAD.sub("0", found).split())[:_LONGEST_PHONE]
    return ""


def words_around_numbers(owners: Iterable[Json]) -> list[tuple[str, str]]:
    """Return what to ask of numbers of some records that have other words or numbers beside them: the text, and why."""
    texts = [_with_extension(phone) for owner in owners for phone in objects(owner, "phones")]
    with_more = [each for each in texts if _digits(_ABROAD.sub("0", each)) != _digits(dialled(each))]
    with_more += [each for each in texts if re.search(r"[A-Za-z]{2}", each)]
    return [
        (each, f"We took {dialled(each)} of it." if dialled(each) else "We could read no number in it.")
        for each in dict.fromkeys(with_more)
    ]


def _with_extension(phone: Json) -> str:
    """Return the number of a record with its extension, for which HSDS has a field and we have none."""
    extension = text(phone, "extension")
    return f"{text(phone, 'number')} ext. {extension}" if extension else text(phone, "number")


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def venue_details(location: Json, *, is_ours: bool) -> dict[str, str]:
    """Return what a location says of a venue besides its address.

    Features are those of our own feed: what others say of access stands with the group. So is the position: theirs is
    often that of the postcode's middle, or of an office.
    """
    cells = {GETTING_THERE: text(location, "transportation")}
    if not is_ours:
        return cells
    features = objects(location, "accessibility")
    latitude, longitude = number(location, "latitude"), number(location, "longitude")
    has_point = latitude is not None and longitude is not None
    return cells | {
        FEATURES: "\n".join(filter(None, (text(each, "accessibility") for each in features))),
        ACCESS_NOTE: "\n".join(text(each, "description") for each in features if not text(each, "accessibility")),
        POSITION: f"{latitude} {longitude}" if has_point else "",
        OPENING_HOURS: opening_hours(objects(location, "schedules")),
    }


def own_contact_cells(service: Json, agreed_by: str) -> dict[str, str]:
    """Return the contacts of a service of our own feed: the first plain one in its columns, and all of them in full.

    A contact beside a person's name is left out: our feed names nobody.
    """
    found = [_contact(each, agreed_by) for each in objects(service, "contacts") if not text(each, "name")]
    contacts = [each for each in found if each.email or each.phone or each.text_number]
    plain = (each for each in contacts if not (each.role or each.text_number or each.may_be_persons))
    first = next(plain, None)
    by_name = {each.name: each for each in contacts if each.role}
    others = [each for each in contacts if not each.role]
    cells = {
        "Contacts": "; ".join(sorted(by_name)),
        CONTACT_DETAILS: contacts_cell([*by_name.values(), *others]),
    }
    return cells | ({PHONE: first.phone, EMAIL: first.email, AGREED: agreed_by} if first else {})


def _contact(record: Json, agreed_by: str) -> FeedContact:
    title, phones = text(record, "title"), objects(record, "phones")
    numbers = {text(phone, "type") or "voice": dialled(text(phone, "number")) for phone in reversed(phones)}
    return FeedContact(
        # A semicolon would begin another contact in the cell of their names.
        role="" if title in _PLAIN else title.replace(";", ",")[:_LONGEST_ROLE],
        purpose=_purpose(record),
        email=text(record, "email"),
        phone=numbers.get("voice", ""),
        text_number=numbers.get("text", ""),
        hours=next((text(phone, "description") for phone in phones), "")[:_LONGEST_HOURS],
        takes_whatsapp="reach-whatsapp" in _codes(record),
        agreed_by=agreed_by,
    )


def _codes(record: Json) -> set[str]:
    return {text(nested(each, "taxonomy_term"), "code") for each in objects(record, "attributes")}


def _purpose(record: Json) -> str:
    """Return what a contact is for, by the term of our taxonomy that says so."""
    codes = _codes(record)
    found = (each for each in Purpose.values if f"purpose-{each.replace(' ', '-')}" in codes)
    return next(found, Purpose.GENERAL.value)
