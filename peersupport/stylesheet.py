"""One style sheet out of several.

They are written apart, so that each can be read, and sent as one, so that a page is there sooner on a slow telephone.
"""

import atexit
import tempfile
from collections.abc import Iterator
from pathlib import Path

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

#: What it is called, and what it is made of, in the order in which it builds up; the last is for paper only.
NAME = "css/site.css"
PARTS = (
    *("tokens", "base", "layout", "frame", "components", "listings", "home"),
    *("pictures", "lists", "maps", "forms", "print"),
)


class SiteStylesheetFinder(BaseFinder):
    """Finds our style sheets as one file, for `collectstatic` and for the server of who works on the site."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self._folder = Path(settings.STATICFILES_DIRS[0]) / "css"
        scratch = tempfile.TemporaryDirectory(prefix="style-")
        atexit.register(scratch.cleanup)
        self._storage = FileSystemStorage(location=scratch.name)
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        """Where the file is on this machine; nothing for any other path."""
        if path != NAME:
            return []
        written = self._written()
        return [written] if find_all else written

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        self._written()
        yield NAME, self._storage

    def _written(self) -> str:
        """Written anew whenever a part has changed since."""
        path = Path(self._storage.path(NAME))
        parts = [self._folder / f"{part}.css" for part in PARTS]
        if not path.exists() or path.stat().st_mtime < max(part.stat().st_mtime for part in parts):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_one([part.read_text() for part in parts]))
        return str(path)


def as_one(parts: list[str]) -> str:
    """The parts without their comments, the last of them for paper only."""
    *screen, paper = parts
    return rcssmin.cssmin("\n".join([*screen, f"@media print {{{paper}}}"]))
