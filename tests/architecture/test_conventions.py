"""The rules of the house (CONTRIBUTING.md), held by every file there is and every file to come."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils.text import slugify

from groups.choices import Joining
from tests.architecture.repository import APPS, ROOT, files, name

MOST_LINES = 300
TEMPLATES = ("templates/**/*.html", "templates/**/*.jinja")
OUR_MODELS = [
    model
    for app in filter(apps.is_installed, APPS)
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.startswith("Historical")  # Written by django-simple-history, not by us.
]


def test_imports_go_one_way():
    """The contracts are in pyproject.toml; a broken one is named here, with the import that breaks it."""
    linter = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout + found.stderr


def test_workers_that_make_no_workbook_import_no_library_for_them():
    """It takes 10 MB of each, with the library for pictures that it imports."""
    texts = {name(path): path.read_text() for path in files(*(f"{app}/**/*.py" for app in APPS))}

    assert [path for path, text in texts.items() if re.search(r"^(from|import) openpyxl", text, re.MULTILINE)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True)


@pytest.mark.taste
def test_no_file_is_too_long_to_read():
    """One that is gets split by noun. Migrations are written by Django."""
    paths = files(*(f"{app}/**/*.py" for app in [*APPS, "tests"]), "static/**/*.css")
    lengths = {name(path): len(path.read_text().splitlines()) for path in paths if "migrations" not in path.parts}

    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("joining", Joining)
def test_every_way_of_joining_has_a_picture(joining):
    """A picture with no shape is a black square."""
    css = (ROOT / "static/css/pictures.css").read_text()

    assert re.search(rf"^\.picture--{slugify(joining)}\b(?!-)", css, re.MULTILINE)


@pytest.mark.taste
@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_model_says_what_it_is_in_the_world(model):
    """Django writes a docstring of field names where there is none."""
    assert not model.__doc__.startswith(f"{model.__name__}(")


# Settings


def test_dotenv_sample_names_every_variable_that_is_read_and_no_other():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "peersupport/settings.py").read_text()))
    read |= {"PORT"}  # By the Makefile.
    read |= set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "gunicorn.conf.py").read_text()))
    read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))

    named = re.findall(r"^(?:# ?)?([A-Z_]+)=", (ROOT / "dotenv-sample").read_text(), re.MULTILINE)

    assert sorted(named) == sorted(read)


# Requirements


def requirement_lines(path: str) -> list[str]:
    lines = (ROOT / path).read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith(("#", "-c "))]


@pytest.mark.taste
@pytest.mark.parametrize("path", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_says_why_it_is_here(path):
    silent = [line for line in requirement_lines(path) if not re.search(r"\S\s+# \w.+\.$", line)]

    assert silent == []


@pytest.mark.parametrize("path", ["requirements", "requirements-dev"])
def test_every_requirement_is_locked_to_a_version_and_hashes(path):
    asked = {re.match(r"[\w.-]+", line).group().lower() for line in requirement_lines(f"{path}.in")}
    locked = re.findall(
        r"^([\w.-]+)(?:\[[\w,]+\])?==\S+ \\\n    --hash=sha256:", (ROOT / f"{path}.txt").read_text(), re.M
    )

    assert asked - set(locked) == set()


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_locked_requirements_name_no_address_and_no_folder(path):
    """They are the same wherever they are installed from."""
    text = (ROOT / path).read_text()

    assert re.findall(r"^.*(?:://|--index|--extra-index|--find-links|--trusted-host).*$", text, re.M) == []


# Templates

#: Templates that nobody names in our code: Django's error pages and those that crispy looks for in a pack.
FOUND_BY_FRAMEWORKS = re.compile(r"^(?:\d{3}\.html|crispy_alongside/.+|admin/.+)$")


def test_every_template_is_used():
    paths = files(*(f"{app}/**/*.py" for app in APPS), "templates/**/*")
    texts = "\n".join(path.read_text() for path in paths if path.is_file())
    templates = [path.relative_to(ROOT / "templates").as_posix() for path in files("templates/**/*") if path.is_file()]
    emails = set(re.findall(r'(?:send_email|email_message)\(\s*"(\w+)"', texts))
    named = {f"emails/{email}{end}.txt" for email in emails for end in ("", "_subject")}

    unused = [
        template
        for template in templates
        if template not in named and f'"{template}"' not in texts and not FOUND_BY_FRAMEWORKS.match(template)
    ]

    assert unused == []


@pytest.mark.parametrize(
    "inline",
    [r"<style\b", r"<script\b(?![^>]*\bsrc=)", r"\bstyle\s*=\s*[\"']", r"\son[a-z]+\s*=\s*[\"']", r"javascript:"],
)
def test_no_template_has_an_inline_script_or_style(inline):
    """The content security policy would refuse it."""
    found = [name(path) for path in files(*TEMPLATES) if re.search(inline, path.read_text())]

    assert found == []


def test_no_page_names_another_host_to_load_from():
    """Links may lead anywhere; what a page loads by itself is our own."""
    loads = re.compile(r"<(?:script|img|source|iframe|link)\b[^>]*\b(?:src|srcset|href)=[\"'](?:https?:)?//")
    imports = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")

    found = [name(path) for path in files(*TEMPLATES) if loads.search(path.read_text())]
    found += [name(path) for path in files("static/**/*.css") if imports.search(path.read_text())]

    assert found == []


# Choices


def test_every_choice_of_words_is_in_a_choices_file():
    """So that everybody may import them, and one look finds them all."""
    elsewhere = [
        name(path)
        for path in files(*(f"{app}/**/*.py" for app in APPS))
        if path.name != "choices.py"
        and re.search(r"^class \w+\((?:models\.)?(?:Text|Integer)Choices\)", path.read_text(), re.M)
    ]

    assert elsewhere == []
