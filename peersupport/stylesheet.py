"""Bundles style sheets: small source files, and few requests for slow connections.

Every page has the first bundle. Results and areas, the longest pages, have only that; all others have one more.
"""

import atexit
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

#: The parts of each bundle, in cascade order.
SITE, START, MORE, MAP = "css/site.css", "css/start.css", "css/more.css", "css/map.css"
#: Of lists in frames of other sites, which have no other.
EMBED = "css/embed.css"
SHEETS = {
    SITE: (
        *("tokens", "base", "layout", "frame", "help_now", "components", "listings"),
        *("lists", "maps", "forms", "results", "print"),
    ),
    START: ("pictures", "search", "home", "regions"),
    MORE: ("pictures", "freshness", "search", "details", "details_print", "own_list", "asking"),
    MAP: ("map_drawing", "map_page"),
    EMBED: ("tokens", "embedded"),
}
#: Parts for print only.
PRINT_ONLY = {"print", "details_print"}


class SiteStylesheetFinder(BaseFinder):
    """Builds and finds the bundles, for `collectstatic` and the development server."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self._folder = Path(settings.STATICFILES_DIRS[0]) / "css"
        scratch = tempfile.TemporaryDirectory(prefix="style-")
        atexit.register(scratch.cleanup)
        self._storage = FileSystemStorage(location=scratch.name)
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path of a bundle; [] for any other file."""
        if path not in SHEETS:
            return []
        built = self._build(path)
        return [built] if find_all else built

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in SHEETS:
            self._build(name)
            yield name, self._storage

    def _build(self, name: str) -> str:
        """Write a bundle unless it is newer than all its parts; return its path."""
        path = Path(self._storage.path(name))
        parts = {part: self._folder / f"{part}.css" for part in SHEETS[name]}
        if not path.exists() or path.stat().st_mtime < max(part.stat().st_mtime for part in parts.values()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(bundle((part in PRINT_ONLY, file.read_text()) for part, file in parts.items()))
        return str(path)


def bundle(parts: Iterable[tuple[bool, str]]) -> str:
    """Return the minified text of (is for print only, CSS) parts."""
    return rcssmin.cssmin(
        "\n".join(f"@media print {{{text}}}" if is_print_only else text for is_print_only, text in parts)
    )
