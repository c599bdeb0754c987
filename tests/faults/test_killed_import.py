"""A process that is killed in the middle of an import leaves all of it or nothing, and it can be sent again."""

import os
import signal
import warnings
from collections.abc import Callable

import pytest
from django.db import connection
from django.urls import reverse

from groups.models import SupportGroup
from tests.factories import make_group
from tests.faults.browser import form_of
from tests.faults.killing import POINTS, kill_at
from tests.faults.writers import confirmation, problems_of_group, sheet
from tests.staff.people import make_manager, sign_in

_ALL, _NOTHING = (2, 2), (0, 0)


def signal_that_ended(act: Callable[[], object], point: str) -> int:
    """Do something in a forked process that ends at a point of an import; return the signal that ended it, or 0."""
    connection.close()
    with warnings.catch_warnings():
        # The child never returns to the threads that this process has.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            kill_at(lambda reached: reached == point)
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.django_db(transaction=True)
def test_import_that_is_killed_is_whole_or_nothing_and_can_be_sent_again(client):
    groups, seen = [make_group(), make_group()], {}
    sign_in(client, make_manager())

    for point in POINTS:
        shown = client.post(reverse("admin:groups_supportgroup_import"), {"file": sheet(groups, point)})
        values = confirmation(form_of(shown.text))

        def confirm(values=values):
            return client.post(reverse("admin:groups_supportgroup_process_import"), values)

        def written(point=point) -> tuple[int, int]:
            stored = {"what_it_is_like": point}
            return SupportGroup.objects.filter(**stored).count(), SupportGroup.history.filter(**stored).count()

        killed, before = signal_that_ended(confirm, point), written()
        confirm()
        seen[point] = (killed, before, written())

    expected = dict.fromkeys(POINTS, (-signal.SIGKILL, _NOTHING, _ALL))
    assert seen == expected | {"after the commit, before the answer": (-signal.SIGKILL, _ALL, _ALL)}
    assert [problem for group in groups for problem in problems_of_group(group.pk)] == []
