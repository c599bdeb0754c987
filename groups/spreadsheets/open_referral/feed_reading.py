"""Read a feed whole: from a file, from a folder of pages, or page by page from where it is published."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from common.safe_fetch import Fetched, Fetcher, FetchFailed, NotFound, is_same_host, parsed_url

from ..workbook import MEGABYTE, MOST_ROWS
from .documents import BadFeed, Feed, Page, has_details, page_of
from .terms import Vocabulary, terms_of
from .values import text

_SUFFIXES = (".json", ".jsonl", ".ndjson")
_PER_PAGE = 100


@dataclass(frozen=True)
class FeedLimits:
    """The limits of reading a whole feed."""

    most_services: int = MOST_ROWS
    most_pages: int = 1_000
    #: Of all files and answers, after unpacking.
    most_bytes: int = 512 * MEGABYTE
    seconds: float = 60 * 60


@dataclass
class FeedReader:
    """Reads one feed, within limits. `say` is called with its progress, as a sentence."""

    fetcher: Fetcher = field(default_factory=Fetcher)
    limits: FeedLimits = field(default_factory=FeedLimits)
    say: Callable[[str], object] = lambda words: None
    _feed: Feed = field(default_factory=Feed, init=False)
    _bytes: int = field(default=0, init=False)
    _started: float = field(default_factory=time.monotonic, init=False)

    def read(self, location: str) -> Feed:
        """Return the services at an address, or in a file or folder. Raises `BadFeed`, also for what cannot be fetched.

        Services may have details of their own, at an address each, or in another file of the folder.
        """
        try:
            if "://" in location:
                self._read_url(location)
            else:
                self._read_path(Path(location))
        except FetchFailed as error:
            raise BadFeed(str(error)) from error
        if not self._feed.services:
            raise BadFeed("There is no service in it.")
        return self._feed

    def _read_path(self, path: Path) -> None:
        try:
            files = sorted(each for each in path.iterdir() if each.suffix in _SUFFIXES) if path.is_dir() else [path]
            for each in files:
                self._count(each.stat().st_size)
                self._add(page_of(each.read_bytes(), each.name))
        except OSError as error:
            raise BadFeed(f"{path} cannot be read: {error.strerror}.") from error

    def _read_url(self, url: str) -> None:
        parts = parsed_url(url)
        if parts.path.endswith(_SUFFIXES):
            self._add(page_of(self._fetch(url, same_host_only=False).content, "The file"))
            return
        path = parts.path.rstrip("/")
        path = path if path.endswith("/services") else f"{path}/services"
        services = self._read_pages(parts._replace(path=path))
        self._read_details(services)
        self._read_organisations(services)
        self._read_own_organisations(services)

    def _read_pages(self, parts: SplitResult) -> SplitResult:
        """Read all pages of a list. Return its address after redirects, without the number of a page."""
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in ("page", "per_page")]
        url = urlunsplit(parts._replace(query=urlencode([*query, ("page", 1), ("per_page", _PER_PAGE)])))
        first = self._fetch(url, same_host_only=False)
        base = urlsplit(first.url)
        fetched, number = first, 1
        while True:
            page = page_of(fetched.content, f"Page {number}")
            is_new = bool(self._add(page))
            if self._is_last(page, number, is_new=is_new):
                return base._replace(query=urlencode(query))
            number += 1
            if number > self.limits.most_pages:
                raise BadFeed(f"It has more than {self.limits.most_pages:,} pages.")
            self.say(f"Page {number} of {page.total_pages or 'an unknown number'}.")
            fetched = self._fetch(self._next_url(page, fetched.url, base, query, number))

    def _is_last(self, page: Page, number: int, *, is_new: bool) -> bool:
        """Return whether to stop: nothing new came, or the page is the last one and the number of services is right.

        A list that says too early that it ends, or that gives one page for ever, is known by what comes.
        """
        says_last = (
            page.is_last if page.is_last is not None else page.total_pages is not None and number >= page.total_pages
        )
        return not is_new or (says_last and self._feed.is_complete)

    def _next_url(self, page: Page, current: str, base: SplitResult, query: list[tuple[str, str]], number: int) -> str:
        if not page.next_url:
            return urlunsplit(base._replace(query=urlencode([*query, ("page", number), ("per_page", _PER_PAGE)])))
        following = urljoin(current, page.next_url)
        if not is_same_host(base, parsed_url(following)):
            raise BadFeed("The address of its next page leads to another host.")
        return following

    def _read_details(self, base: SplitResult) -> None:
        """Fetch each service of which the list says little by itself; what has no address of its own stays as it is."""
        services = self._feed.services
        lean = [key for key, each in services.items() if isinstance(each, dict) and not has_details(each)]
        for number, key in enumerate(lean):
            if number % _PER_PAGE == 0:
                self.say(f"Service {number + 1:,} of {len(lean):,}.")
            if found := self._record(base, key):
                services[key] = found

    def _read_organisations(self, base: SplitResult) -> None:
        """Fetch the organisation of each service that has its id alone, once for all services of it."""
        owned: dict[str, list[dict[str, Any]]] = {}
        for service in self._feed.services.values():
            if isinstance(service, dict) and "organization" not in service and text(service, "organization_id"):
                owned.setdefault(text(service, "organization_id"), []).append(service)
        organisations = base._replace(path=base.path.removesuffix("/services") + "/organizations")
        for key, services in owned.items():
            if found := self._record(organisations, key):
                for service in services:
                    service["organization"] = found

    def _read_own_organisations(self, base: SplitResult) -> None:
        """Read the list of organisations of a directory like ours: by themselves they say more than in a service."""
        services = self._feed.services.values()
        if not any(isinstance(each, dict) and terms_of(each, Vocabulary()).is_ours for each in services):
            return
        path, number = base.path.removesuffix("/services") + "/organizations", 1
        while True:
            query = urlencode([("page", number), ("per_page", _PER_PAGE)])
            try:
                page = page_of(self._fetch(urlunsplit(base._replace(path=path, query=query))).content, "Organisations")
            except NotFound:
                return
            before = len(self._feed.organisations)
            self._feed.organisations |= {
                text(each, "id"): each for each in page.services if isinstance(each, dict) and "status" not in each
            }
            if page.is_last is not False or len(self._feed.organisations) == before:
                return
            number += 1

    def _record(self, base: SplitResult, key: str) -> Any:
        """Return the record with an id below an address; None if there is none, or another."""
        try:
            page = page_of(self._fetch(self._below(base, key)).content, f"The record {key}")
        except NotFound:
            return None
        return next((each for each in page.services if isinstance(each, dict) and text(each, "id") == key), None)

    def _below(self, base: SplitResult, key: str) -> str:
        return urlunsplit(base._replace(path=f"{base.path.rstrip('/')}/{quote(key, safe='')}"))

    def _fetch(self, url: str, *, same_host_only: bool = True) -> Fetched:
        fetched = self.fetcher.fetch(url, same_host_only=same_host_only)
        self._count(len(fetched.content))
        return fetched

    def _count(self, number: int) -> None:
        self._bytes += number
        if self._bytes > self.limits.most_bytes:
            raise BadFeed(f"It is larger than {self.limits.most_bytes // MEGABYTE} MB.")
        if time.monotonic() - self._started > self.limits.seconds:
            raise BadFeed(f"It took longer than {self.limits.seconds / 60:.0f} minutes.")

    def _add(self, page: Page) -> int:
        self._feed.total_items = max(self._feed.total_items, page.total_items or 0)
        added = self._feed.add(page.services)
        if len(self._feed.services) > self.limits.most_services:
            raise BadFeed(f"It has more than {self.limits.most_services:,} services.")
        return added
