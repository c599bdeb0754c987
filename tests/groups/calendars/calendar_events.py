"""Events of a calendar, chosen for tests."""

import icalendar


def as_a_rule(calendar: icalendar.Calendar) -> list[icalendar.Event]:
    """The events but those that stand for one day at Christmas, of which `test_calendar_cautions.py` tells."""
    return [event for event in calendar.walk("VEVENT") if "(ask first: it is" not in event["summary"]]
