"""The style sheets are sent as one."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from peersupport.stylesheet import NAME, PARTS, as_one

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "css"


def test_stylesheet_is_found_and_says_all_that_its_parts_say():
    sent = Path(finders.find(NAME)).read_text()

    for part in PARTS:
        for name in re.findall(r"^\.([\w-]+) \{", (FOLDER / f"{part}.css").read_text(), re.MULTILINE):
            assert (name, f".{name}" in sent) == (name, True)


def test_stylesheet_has_no_comments_and_keeps_its_order():
    sent = as_one(["/* first */ .a { color: red }", ".b { margin: 0 auto; }", ".c { display: none }"])

    assert sent == ".a{color:red}.b{margin:0 auto}@media print{.c{display:none}}"


def test_stylesheet_is_collected():
    collected = {path for finder in finders.get_finders() for path, _ in finder.list([])}

    assert NAME in collected


def test_every_style_sheet_is_sent_by_one_way():
    """A part of the one, or linked by the pages that need it alone: a new file that is neither is seen by nobody."""
    linked = "".join(path.read_text() for path in Path(settings.BASE_DIR, "templates").rglob("*.html"))
    alone = set(re.findall(r"""css/([\w-]+)\.css""", linked)) - {"site"}

    assert {path.stem for path in FOLDER.glob("*.css")} == {*PARTS, *alone}
    assert alone & set(PARTS) == set()
