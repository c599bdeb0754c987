"""The alert of our own feed, read back into the columns that it is made of."""

import pytest

from groups.spreadsheets.open_referral.alerts import stage_cells


@pytest.mark.parametrize(
    "alert, stage, cells",
    [
        ("This group is having a break. Ask when it is back.", "Having a break", {"Why the break": ""}),
        (
            "This group is having a break. It lasts until 2 May 2027. We rest. Back on 3 May 2027.",
            "Having a break",
            {"Break until": "2 May 2027", "Why the break": "We rest."},
        ),
        ("Room 2. No meeting on 7 December 2026. Closed.", "Running", {"More about the stage": "Room 2."}),
    ],
)
def test_alert_of_our_own_feed_is_read_back(alert, stage, cells):
    assert stage_cells(alert, stage) == cells
