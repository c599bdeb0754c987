"""The style sheets are sent as few: what every page needs, and what the longest pages do without."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from peersupport.stylesheet import SHEETS, bundle

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "css"


@pytest.mark.parametrize("sheet", SHEETS)
def test_stylesheet_is_found_and_says_all_that_its_parts_say(sheet):
    sent = Path(finders.find(sheet)).read_text()

    for part in SHEETS[sheet]:
        for name in re.findall(r"^\.([\w-]+) \{", (FOLDER / f"{part}.css").read_text(), re.MULTILINE):
            assert (name, f".{name}" in sent) == (name, True)


def test_stylesheet_has_no_comments_and_keeps_its_order():
    sent = bundle(
        [(False, "/* first */ .a { color: red }"), (True, ".b { display: none }"), (False, ".c { margin: 0 auto; }")]
    )

    assert sent == ".a{color:red}@media print{.b{display:none}}.c{margin:0 auto}"


def test_stylesheets_ask_for_nothing_but_the_pictures_beside_words():
    """Each thing more would be a request more on every page (tests/pages/test_weight.py counts one)."""
    sent = "".join(Path(finders.find(sheet)).read_text() for sheet in SHEETS)

    assert set(re.findall(r"url\(([^)]*)\)|@import", sent)) == {'"../pictures.svg"'}


def test_stylesheets_are_collected():
    collected = {path for finder in finders.get_finders() for path, _ in finder.list([])}

    assert SHEETS.keys() <= collected


def test_every_style_sheet_is_sent_by_one_way():
    """A part of one that is made, or linked by the pages that need it: a new file that is neither is seen by nobody."""
    linked = "".join(path.read_text() for path in Path(settings.BASE_DIR, "templates").rglob("*.html"))
    alone = set(re.findall(r"""css/([\w-]+)\.css""", linked)) - {Path(sheet).stem for sheet in SHEETS}
    parts = [part for sheet in SHEETS.values() for part in sheet]

    assert {path.stem for path in FOLDER.glob("*.css")} == {*parts, *alone}
    assert alone & set(parts) == set()
