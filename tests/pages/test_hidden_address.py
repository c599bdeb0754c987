"""Nobody is told to just come along to an address that no page shows: the sweep reads every page and file."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import Joining, Weekday
from tests.factories import make_group, make_schedule
from tests.pages.test_nothing_leaks import SECRET, _leaks, everything_public

__all__ = ["everything_public"]

pytestmark = pytest.mark.django_db


def test_nobody_is_told_to_just_come_to_a_hidden_address(everything_public):
    """The answer is named where a search offers it, and where /about/ explains it; it is said of no group."""
    group = make_group(confidential=True, joining=Joining.JUST_COME, joining_note=f"{SECRET}: say hello.")
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=datetime.time(17, 43))

    pages = everything_public(group.get_absolute_url())

    offered = re.compile(r'<label class="choice[^>]*>\s*<input[^>]*value="just-come".*?</label>', re.DOTALL)
    found = _leaks({address: offered.sub("", text) for address, text in pages.items()}, "Just come along")
    assert set(found) == {reverse("about")}
    assert SECRET in pages[group.get_absolute_url()]
