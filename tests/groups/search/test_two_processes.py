"""Two processes on one database: what one saves, the other's next page shows."""

import json
import os
import subprocess
import sys

import pytest
from django.urls import reverse

from tests.architecture.repository import ROOT
from tests.factories import make_group
from tests.template_database import database_url

ADDRESS = reverse("groups:group_list") + "?near=Chard"


@pytest.fixture
def other_process(transactional_db):
    """Another process that serves the site from the same database."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.groups.search.single_request"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url()},
    )
    yield process
    process.stdin.close()
    process.wait(timeout=120)
    process.stdout.close()


def titles(process) -> list[str]:
    process.stdin.write(f"{ADDRESS}\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@pytest.mark.django_db(transaction=True)
def test_edit_in_one_process_is_on_the_next_page_of_the_other(other_process):
    group = make_group(name="Example before", town="Chard")
    assert titles(other_process) == ["Example before"]

    group.name = "Example after"
    group.save()
    assert titles(other_process) == ["Example after"]

    make_group(name="Example another", town="Chard")
    assert titles(other_process) == ["Example after", "Example another"]

    type(group).objects.filter(pk=group.pk).update(publication="withdrawn")
    assert titles(other_process) == ["Example another"]
