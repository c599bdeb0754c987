"""Settings read from the environment, and what is said of a missing one."""

import os
import subprocess
import sys

import pytest

from tests.house.repository import ROOT


def read_settings(**variables: str) -> subprocess.CompletedProcess:
    """Read the settings in a process of its own, with these variables."""
    return subprocess.run(
        [sys.executable, "-c", "from peersupport.settings import SECRET_KEY; print(len(SECRET_KEY) > 40)"],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_need_no_secret_key_to_try_the_site():
    """Not even when it is empty, as in a copy of dotenv-sample."""
    assert read_settings(DEBUG="1", SECRET_KEY="").stdout == "True\n"


@pytest.mark.parametrize("debug", ["0", ""])
def test_settings_without_a_secret_key_are_refused_with_advice(debug):
    refused = read_settings(DEBUG=debug, SECRET_KEY="")

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set. Put one in the environment or in .env "
        "(see dotenv-sample), or set DEBUG=1 to try the site out."
    )
