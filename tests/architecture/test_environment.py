"""Tests run the same in any shell, and `make` says what they need."""

import os
import re
import subprocess
import sys

from django.conf import settings

from tests.architecture.repository import ROOT
from tests.settings import ENVIRONMENT


def test_every_variable_that_settings_read_is_set_for_tests():
    """DATABASE_URL is the shell's: it says where the suite runs."""
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "peersupport/settings.py").read_text()))

    assert read - {*ENVIRONMENT} == {"DATABASE_URL"}


def test_no_variable_of_a_shell_reaches_a_test():
    shell = dict.fromkeys(ENVIRONMENT, "1") | {"DJANGO_SETTINGS_MODULE": "bench.settings"}
    code = "import tests.settings as s; print([s.DEBUG, s.HTTPS, s.SITE_NAME, s.SITE_ADDRESS])"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | shell, capture_output=True, text=True, check=True
    )

    assert settings.SETTINGS_MODULE == "tests.settings"
    read = [settings.DEBUG, settings.HTTPS, "Alongside", "http://localhost"]
    assert done.stdout.strip() == str(read)


def test_make_says_how_to_install_what_tests_need(tmp_path):
    def what_make_says() -> str:
        command = ["make", "--no-print-directory", "-f", ROOT / "Makefile"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    advice = "What tests need is not installed yet: make dev\n"

    assert what_make_says().endswith(advice)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".dev").touch()
    assert advice not in what_make_says()
