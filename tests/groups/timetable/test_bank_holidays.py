"""Bank holidays of each nation: those moved, those for once, and those that another day stands for."""

import sys

import pytest

from common.bank_holidays import bank_holidays
from common.nations import Nation
from groups.choices import Frequency, Weekday
from groups.timetable.patterns import Weekly
from tests.groups.timetable.builders import found

WEEKLY, BY_WEEKDAY, BY_DATE = Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY, Frequency.MONTHLY_BY_DATE
MONDAY, THURSDAY, FRIDAY, SATURDAY = (Weekday(number) for number in (0, 3, 4, 5))


@pytest.mark.parametrize(
    "weekday, nation, days, met",
    [
        # Boxing Day 2026 is a Saturday, so the Monday after is the bank holiday: neither is met on.
        (SATURDAY, Nation.ENGLAND, ["2026-12-19", "2026-12-26", "2027-01-02"], ["2026-12-19", "2027-01-02"]),
        (MONDAY, Nation.WALES, ["2026-12-21", "2026-12-28", "2027-01-04"], ["2026-12-21", "2027-01-04"]),
        # 2 January is one in Scotland only. In 2027 it is a Saturday: the Monday after stands for it.
        (SATURDAY, Nation.SCOTLAND, ["2026-12-26", "2027-01-02", "2027-01-09"], ["2027-01-09"]),
        (MONDAY, Nation.SCOTLAND, ["2026-12-28", "2027-01-04", "2027-01-11"], ["2027-01-11"]),
        # Easter Monday is none in Scotland; Good Friday is one everywhere.
        (MONDAY, Nation.SCOTLAND, ["2026-04-06"], ["2026-04-06"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2026-04-06"], []),
        (FRIDAY, Nation.SCOTLAND, ["2026-04-03"], []),
        # St Patrick's Day, the Battle of the Boyne, St Andrew's Day.
        (Weekday.TUESDAY, Nation.NORTHERN_IRELAND, ["2026-03-17"], []),
        (Weekday.TUESDAY, Nation.ENGLAND, ["2026-03-17"], ["2026-03-17"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2026-07-13"], []),
        (MONDAY, Nation.SCOTLAND, ["2026-11-30"], []),
        # The summer bank holiday is in the first week of August in Scotland, in the last elsewhere.
        (MONDAY, Nation.SCOTLAND, ["2026-08-03", "2026-08-31"], ["2026-08-31"]),
        (MONDAY, Nation.ENGLAND, ["2026-08-03", "2026-08-31"], ["2026-08-03"]),
        # One-off ones: the jubilee (and the spring one moved to it), the funeral, the coronation, the World Cup.
        (THURSDAY, Nation.ENGLAND, ["2022-06-02"], []),
        (FRIDAY, Nation.ENGLAND, ["2022-06-03"], []),
        (MONDAY, Nation.ENGLAND, ["2022-05-30"], ["2022-05-30"]),
        (MONDAY, Nation.NORTHERN_IRELAND, ["2022-09-19"], []),
        (MONDAY, Nation.WALES, ["2023-05-08"], []),
        (MONDAY, Nation.SCOTLAND, ["2026-06-15"], []),
        (MONDAY, Nation.ENGLAND, ["2026-06-15"], ["2026-06-15"]),
        # The early May one was moved to a Friday in 2020, for the 75 years since the war.
        (FRIDAY, Nation.ENGLAND, ["2020-05-08"], []),
        (MONDAY, Nation.ENGLAND, ["2020-05-04"], ["2020-05-04"]),
    ],
)
def test_bank_holidays_are_left_out_by_nation(weekday, nation, days, met):
    pattern = Weekly(weekday=weekday, skips_bank_holidays=True)

    assert [row for row in found(pattern, days[0], days[-1], nation=nation) if row in days] == met


def test_holidays_of_other_countries_are_not_imported():
    bank_holidays(Nation.SCOTLAND, 2027)

    assert [name for name in sys.modules if name.startswith("holidays.countries")] == []
