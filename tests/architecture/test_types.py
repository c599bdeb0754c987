"""What mypy is asked to check (`make check` runs it)."""

import re
import tomllib

from tests.architecture.repository import APPS, ROOT, files, name

MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
#: Nothing may be unknown in these: every generic type has its arguments, and no function returns Any unawares.
STRICT = {"common.*", "groups.printing.*", "groups.search.index.*", "groups.timetable.*", "places.location.*"}
IGNORE = re.compile(r"#\s*type:\s*ignore")
REASONED = re.compile(r"# type: ignore\[[a-z-]+\]  # [A-Z].+\.$")


def test_every_app_is_checked_and_the_core_strictly():
    of_strict = next(each for each in MYPY["overrides"] if each.get("disallow_any_generics"))

    assert set(MYPY["packages"]) == set(APPS)
    assert MYPY["strict"] is True
    assert set(of_strict["module"]) >= STRICT


def test_no_module_of_ours_is_left_out():
    silenced = [each for each in (MYPY, *MYPY["overrides"]) if {"ignore_errors", "disable_error_code"} & set(each)]
    untyped = [module for each in MYPY["overrides"] if each.get("ignore_missing_imports") for module in each["module"]]

    assert silenced == []
    assert [module for module in untyped if module.partition(".")[0] in APPS] == []
    assert MYPY["exclude"] == ["/migrations/"]


def test_an_ignored_type_error_names_its_code_and_its_reason():
    paths = files(*(f"{app}/**/*.py" for app in APPS))
    ignored = [(name(path), line) for path in paths for line in path.read_text().splitlines() if IGNORE.search(line)]

    assert len(ignored) > 10
    assert [(path, line) for path, line in ignored if not REASONED.search(line)] == []
