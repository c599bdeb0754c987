"""The words of the published organisations, in memory: folding all names and summaries takes long."""

import json
from collections.abc import Iterable
from itertools import chain

from common.bounded_cache import CACHE
from common.models import ContentVersion
from common.text import fold

from .choices import YesNo
from .models import Organisation
from .querysets import FORMER_NAMES_AS_TEXT

#: The key of the table in the cache. There is one, of a few hundred bytes an organisation, which are not counted there.
_KEY = ("organisation words",)


class WordTable:
    """The folded words of the name, former names and summary of each published organisation. Immutable."""

    def __init__(self, version: int | None, before: "WordTable | None" = None) -> None:
        """Read all organisations; words of unchanged rows are taken from the table before."""
        self.version = version
        known = before._rows if before else {}
        #: By key, in the order of names: a digest, whether people with lived experience lead it, and its words.
        self._rows: dict[int, tuple[int, bool, str]] = {}
        columns = ("pk", "user_led", "name", FORMER_NAMES_AS_TEXT, "summary")
        rows = Organisation.objects.published().order_by("name").values_list(*columns)
        for pk, user_led, name, former, summary in rows:
            digest = hash((user_led, name, former, summary))
            row = known.get(pk)
            if row is None or row[0] != digest:
                texts = name, *json.loads(former), summary
                words = dict.fromkeys(chain.from_iterable(fold(text).split() for text in texts))
                row = digest, user_led == YesNo.YES, f" {' '.join(words)}"
            self._rows[pk] = row

    def matching(self, words: Iterable[str], *, only_user_led: bool = False) -> list[int]:
        """Return the keys of the organisations with a word that starts with each of some folded words, by name."""
        beginnings = [f" {word}" for word in words]
        return [
            pk
            for pk, (_, is_user_led, text) in self._rows.items()
            if (is_user_led or not only_user_led) and all(beginning in text for beginning in beginnings)
        ]


def word_table() -> WordTable:
    """Return the table, from the cache of the process until an organisation is written."""
    versions = ContentVersion.objects.filter(name=Organisation._meta.db_table)
    version = next(iter(versions.values_list("number", flat=True)), None)
    table: WordTable | None = CACHE.get(_KEY)
    if table is None or not version or table.version != version:
        table = WordTable(version, table)
        CACHE.put(_KEY, table, 0)
    return table
