"""Fixtures of the tests of public forms: a group, and the page of its report."""

import pytest
from django.urls import reverse

from tests.factories import make_group


@pytest.fixture
def group():
    return make_group(name="Example walkers", town="Chard")


@pytest.fixture
def page(group) -> str:
    return reverse("groups:group_report", args=[group.slug])
