"""Meeting lists of 12-step fellowships, as rows of our columns: Meeting Guide (TSML) and BMLT. Pure.

What they hold of people (names, numbers and mailboxes of contacts), and links, numbers and passwords of online
meetings, is not read. A "closed" meeting is one for people with the same problem, not one that nobody new can join.
"""

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from common.dates import format_time_range
from common.text import fold, shortened

Entry = Mapping[str, Any]

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
#: Types and formats that people choose by, as both lists write them.
_TYPES = {
    "O": "Open",
    "C": "Closed",
    "M": "Men",
    "W": "Women",
    "LGBTQ": "LGBTQ",
    "Y": "Young people",
    "BE": "Newcomers",
    "D": "Discussion",
    "SP": "Speaker",
    "ST": "Step study",
    "B": "Big Book",
    "MED": "Meditation",
    "LIT": "Literature",
}
#: Those of them that every BMLT server has; the others are for each server to choose.
_FORMATS = {code: _TYPES[code] for code in ("O", "C", "M", "W")}
_WHEELCHAIR = {"X", "WC", "wheelchair access"}
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_COUNTRY = re.compile(r",?\s*(UK|United Kingdom|England|Scotland|Wales|Northern Ireland)\s*$", re.IGNORECASE)
_LONGEST_SUMMARY, _LONGEST_NAME = 240, 160
#: The titles of a table of meetings, folded, beside which there is one of an id or an address.
_TSML_TITLES = {"name", "day", "time", "types"}


def entries_of_json(text: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON array, or of `meetings` in a JSON object. Raises ValueError for anything else."""
    try:
        content = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if isinstance(content, dict):
        content = content.get("meetings")
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        raise ValueError("no list of objects")
    return content


def rows_of_json(entries: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the entries of a JSON file as rows: with our columns for a meeting list, else with their own keys."""
    keys = set(entries[0]) if entries else set()
    if {"id_bigint", "meeting_name"} <= keys:
        return [_bmlt_row(entry) for entry in entries]
    if {"name", "slug"} <= keys:
        return [_tsml_row(entry) for entry in entries]
    return [{key: _text(value) for key, value in entry.items()} for entry in entries]


def is_tsml_table(titles: Iterable[str]) -> bool:
    """Return whether a table with these titles is a meeting list in the format of Meeting Guide."""
    folded = {fold(title) for title in titles}
    return folded >= _TSML_TITLES and bool(folded & {"slug", "id", "conference url", "formatted address"})


def tsml_table_rows(titles: list[str], rows: Iterable[list[str]]) -> list[dict[str, str]]:
    """Return the rows of a Meeting Guide table with our columns."""
    keys = [fold(title).replace(" ", "_") for title in titles]
    return [_tsml_row(dict(zip(keys, row, strict=True))) for row in rows]


def _tsml_row(entry: Entry) -> dict[str, str]:
    text = {key: _text(value) for key, value in entry.items()}
    types = _split(entry.get("types"))
    postcode, address = text.get("postal_code", ""), text.get("address", "")
    if not address:
        postcode, address = _address_parts(text.get("formatted_address", ""), postcode)
    is_online, is_by_phone = bool(text.get("conference_url")), bool(text.get("conference_phone"))
    is_approximate = fold(text.get("approximate", "")) == "yes"
    is_in_person = bool(address or postcode) and "TC" not in types and not is_approximate
    body = text.get("group") or text.get("entity", "")
    place = {
        "Venue": text.get("location", "") or address.split("\n")[0],
        "Address": address,
        "Postcode": postcode,
        "Town": "" if postcode else text.get("city", ""),
    }
    return {
        "Id in that list": text.get("slug") or text.get("id", ""),
        "Name": text.get("name", "")[:_LONGEST_NAME],
        "Organisation": text.get("entity", ""),
        "Organisation website": text.get("entity_website_url") or text.get("entity_url", ""),
        "Summary": _summary(body, _labels(types, _TYPES)),
        "When": _when(_tsml_days(entry.get("day")), _time(text.get("time", "")), _time(text.get("end_time", ""))),
        **(place if is_in_person else dict.fromkeys(place, "")),
        **_ways(is_in_person, is_online, is_by_phone),
        "What it is like": _paragraphs(text.get("notes"), text.get("group_notes"), text.get("location_notes")),
        "Accessibility": "Wheelchair access." if _has_wheelchair(types) else "",
        "Address of the source": text.get("url", ""),
    }


def _bmlt_row(entry: Entry) -> dict[str, str]:
    text = {key: _text(value) for key, value in entry.items()}
    formats = _split(entry.get("formats"))
    kind = text.get("venue_type", "")
    is_online = kind in ("2", "3") or bool({"VM", "HY"} & {*formats}) or bool(text.get("virtual_meeting_link"))
    is_in_person = kind != "2" and not {"VM", "TC"} & {*formats}
    day = text.get("weekday_tinyint", "")
    starts_at = _time(text.get("start_time", ""))
    street, postcode = text.get("location_street", ""), text.get("location_postal_code_1", "")
    place = {
        "Venue": text.get("location_text", "") or street,
        "Address": street,
        "Postcode": postcode,
        "Town": "" if postcode else text.get("location_municipality", ""),
    }
    return {
        "Id in that list": text.get("id_bigint", ""),
        "What it is": "Leave it out" if text.get("published", "1") == "0" else "",
        "Name": text.get("meeting_name", "")[:_LONGEST_NAME],
        "Summary": _summary("", _labels(formats, _FORMATS)),
        "When": _when(
            [_DAYS[int(day) - 1]] if day in {"1", "2", "3", "4", "5", "6", "7"} else [],
            starts_at,
            _after(starts_at, _time(text.get("duration_time", ""))),
        ),
        **(place if is_in_person else dict.fromkeys(place, "")),
        **_ways(is_in_person, is_online, bool(text.get("phone_meeting_number"))),
        "What it is like": _paragraphs(text.get("comments"), text.get("location_info")),
        "Accessibility": "Wheelchair access." if _has_wheelchair(formats) else "",
    }


def _text(value: Any) -> str:
    """Return a JSON value as a cell; of a list its items. Nested objects are not read."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value).strip()


def _split(value: Any) -> list[str]:
    """Return the codes of a list, or of a text with commas."""
    items = value if isinstance(value, list) else ("" if value is None else str(value)).split(",")
    return [text for text in (_text(item) for item in items) if text]


def _labels(codes: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """Return the labels of known codes; labels themselves are kept."""
    by_word = {fold(label): label for label in known.values()}
    labels = [known.get(code) or by_word.get(fold(code), "") for code in codes]
    return [label for label in labels if label]


def _has_wheelchair(codes: Iterable[str]) -> bool:
    return any(code in _WHEELCHAIR or fold(code) in _WHEELCHAIR for code in codes)


def _summary(body: str, labels: list[str]) -> str:
    kinds = f" {labels[0]}{''.join(f', {label.lower()}' for label in labels[1:])}." if labels else ""
    return shortened(f"A meeting of {body}.", _LONGEST_SUMMARY - len(kinds)) + kinds if body else f"A meeting.{kinds}"


def _tsml_days(day: Any) -> list[str]:
    days = []
    for text in _split(day):
        if text.isdecimal() and int(text) < len(_DAYS):
            days.append(_DAYS[int(text)])
        elif text.capitalize() in _DAYS:
            days.append(text.capitalize())
    return days


def _time(text: str) -> datetime.time | None:
    """Return "18:00", "18:00:00" or "6:00 PM" as a time; None for anything else."""
    for pattern in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"):
        try:
            return datetime.datetime.strptime(text.strip(), pattern).time()  # noqa: DTZ007 (a time of day alone)
        except ValueError:
            continue
    return None


def _after(starts_at: datetime.time | None, duration: datetime.time | None) -> datetime.time | None:
    """Return the end of a meeting of this length; None if unknown, or not on the same day."""
    if starts_at is None or duration is None or duration == datetime.time():
        return None
    minutes = starts_at.hour * 60 + starts_at.minute + duration.hour * 60 + duration.minute
    return datetime.time(*divmod(minutes, 60)) if minutes < 24 * 60 else None


def _when(days: Iterable[str], starts_at: datetime.time | None, ends_at: datetime.time | None) -> str:
    """Return a line for each day, as schedules are written."""
    if ends_at is not None and starts_at is not None and ends_at <= starts_at:
        ends_at = None
    times = format_time_range(starts_at, ends_at)
    return "\n".join(f"Every {day}, {times}" if times else f"Every {day}" for day in days)


def _ways(is_in_person: bool, is_online: bool, is_by_phone: bool) -> dict[str, str]:
    """Return the columns of the ways to take part; in person where nothing else is known."""
    is_in_person = is_in_person or not (is_online or is_by_phone)
    ways = {"In person": is_in_person, "Online": is_online, "By phone": is_by_phone}
    return {title: "Yes" if is_so else "No" for title, is_so in ways.items()}


def _address_parts(address: str, postcode: str) -> tuple[str, str]:
    """Return the postcode of an address in one line, and its lines without postcode and country."""
    found = _POSTCODE.search(address)
    postcode = postcode or (found.group() if found else "")
    rest = _COUNTRY.sub("", _POSTCODE.sub("", address))
    parts = [part.strip() for part in rest.split(",")]
    return postcode, "\n".join(part for part in parts if part)


def _paragraphs(*texts: str | None) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))
