"""Three style sheets out of several.

They are written apart, so that each can be read, and sent as few, so that a page is there sooner on a slow telephone.
Every page has the first. Results and areas, which are the longest, have no other; all others have one more.
"""

import atexit
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

#: What each is called, and what it is made of, in the order in which it builds up.
SITE, START, MORE = "css/site.css", "css/start.css", "css/more.css"
SHEETS = {
    SITE: (
        *("tokens", "base", "layout", "frame", "help_now", "components", "listings"),
        *("pictures", "lists", "maps", "forms", "print"),
    ),
    START: ("search", "home", "regions"),
    MORE: ("search", "details", "own_list", "asking"),
}
#: Parts that are for paper only.
PAPER = {"print"}


class SiteStylesheetFinder(BaseFinder):
    """Finds our style sheets made of their parts, for `collectstatic` and for the server of who works on the site."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self._folder = Path(settings.STATICFILES_DIRS[0]) / "css"
        scratch = tempfile.TemporaryDirectory(prefix="style-")
        atexit.register(scratch.cleanup)
        self._storage = FileSystemStorage(location=scratch.name)
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        """Where the file is on this machine; nothing for any other path."""
        if path not in SHEETS:
            return []
        written = self._written(path)
        return [written] if find_all else written

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in SHEETS:
            self._written(name)
            yield name, self._storage

    def _written(self, name: str) -> str:
        """Written anew whenever a part has changed since."""
        path = Path(self._storage.path(name))
        parts = {part: self._folder / f"{part}.css" for part in SHEETS[name]}
        if not path.exists() or path.stat().st_mtime < max(part.stat().st_mtime for part in parts.values()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_one((part in PAPER, file.read_text()) for part, file in parts.items()))
        return str(path)


def as_one(parts: Iterable[tuple[bool, str]]) -> str:
    """The parts without their comments; of each is said whether it is for paper only."""
    return rcssmin.cssmin("\n".join(f"@media print {{{text}}}" if is_paper else text for is_paper, text in parts))
