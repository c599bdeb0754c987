"""Settings read from the environment, and what is said of a missing one."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.repository import ROOT


def read_settings(wanted: str = "len(SECRET_KEY) > 40", **variables: str) -> subprocess.CompletedProcess:
    """Read the settings in a process of its own, with these variables, and print what is wanted of them."""
    return subprocess.run(
        [sys.executable, "-c", f"from peersupport.settings import *; print({wanted})"],
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


@pytest.mark.parametrize(
    "variables, address",
    [
        ({"DEBUG": "1"}, "http://localhost:8000"),
        ({"DEBUG": "1", "PORT": ""}, "http://localhost:8000"),
        ({"DEBUG": "1", "PORT": "9123"}, "http://localhost:9123"),
        ({"DEBUG": "1", "PORT": "9123", "SITE_ADDRESS": "https://alongside.example"}, "https://alongside.example"),
        ({"DEBUG": "0", "PORT": "9123"}, "http://localhost"),
        ({"DEBUG": "0", "PORT": "9123", "HTTPS": "1"}, "https://localhost"),
    ],
)
def test_links_lead_to_the_port_that_is_served_while_trying_the_site(variables, address):
    """In production the port is that of the front server, which no link names."""
    read = read_settings("SITE_ADDRESS", **{"PORT": "", "SITE_ADDRESS": "", "ALLOWED_HOSTS": "localhost"} | variables)

    assert read.stdout.strip() == address


@pytest.mark.parametrize("port", ["", "9123"])
def test_make_run_serves_where_links_lead(port):
    """Only said, not done: `make -n`."""
    variables = {"DEBUG": "1", "SITE_ADDRESS": "", "ALLOWED_HOSTS": "localhost"} | ({"PORT": port} if port else {})
    environment = {name: value for name, value in os.environ.items() if name != "PORT"} | variables

    commands = subprocess.run(
        ["make", "-n", "run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout

    [served] = re.findall(r"runserver .*127\.0\.0\.1:(\d+)", commands)
    assert served == port or not port
    assert read_settings("SITE_ADDRESS", **variables).stdout.strip().rpartition(":")[2] == served


@pytest.mark.parametrize(
    "variables, options",
    [
        ({}, "-c jit=off"),
        ({"PGOPTIONS": "-c statement_timeout=9s"}, "-c jit=off -c statement_timeout=9s"),
    ],
)
def test_queries_on_postgresql_are_not_compiled_to_machine_code(variables, options):
    address = "postgres://name:secret@127.0.0.1:5432/alongside"

    read = read_settings(
        "DATABASES['default']['OPTIONS']['options']", DATABASE_URL=address, DEBUG="1", **{"PGOPTIONS": ""} | variables
    )

    assert read.stdout.strip() == options
