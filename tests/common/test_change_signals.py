"""Bulk writes of rows that are copied into snapshots."""

import pytest
from django.apps import apps

from common.change_signals import ChangeTrackedQuerySet
from common.models import ChangeTracked

TRACKED = [model for model in apps.get_models() if issubclass(model, ChangeTracked)]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.label)
def test_bulk_write_of_a_tracked_model_sends_the_change_signals(model):
    assert isinstance(model._default_manager.all(), ChangeTrackedQuerySet)
