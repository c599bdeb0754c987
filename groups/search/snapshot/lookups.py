"""What groups refer to, read once for all of them: areas, organisations, and the words that editors keep."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from functools import cache

from django.db.models import QuerySet

from common.nations import Nation
from common.text import fold
from groups.models import AccessFeature, Activity, Audience, Topic
from organisations.models import Organisation
from places.models import Area, AreaPart

#: The models whose rows are words that editors keep, by the facet that they are the options of.
KEPT_BY_EDITORS = {"topic": Topic, "activity": Activity, "audience": Audience, "access": AccessFeature}


class Lookups:
    """Areas, organisations and terms, by key."""

    def __init__(self) -> None:
        self._read_areas()
        self._read_terms()
        self._read_organisations(Organisation.objects.all())

    def refreshed_for(self, groups: Collection[int]) -> "Lookups":
        """The same for some groups that have changed. Areas are as they were: whenever one changes, all is read."""
        around = copy(self)
        around._read_terms()
        around._read_organisations(Organisation.objects.filter(groups__in=groups))
        return around

    def freeze(self) -> None:
        """Let go of what was only needed to read all groups."""
        self.organisations = {}
        self.words_of_name = cache(folded_words)

    def _read_organisations(self, organisations: QuerySet) -> None:
        rows = organisations.values_list("pk", "name", "former_names")
        self.organisations = {pk: (name, *former) for pk, name, former in rows.iterator()}

    def _read_terms(self) -> None:
        self.words_of_name = cache(folded_words)
        columns = ("pk", "slug", "name", "other_words")
        self.rows_of_terms = {
            facet: list(kind.objects.values_list(*columns)) for facet, kind in KEPT_BY_EDITORS.items()
        }
        self.terms = {
            facet: {
                pk: (slug, tuple(word for text in (name, *others) for word in folded_words(text)))
                for pk, slug, name, others in rows
            }
            for facet, rows in self.rows_of_terms.items()
        }

    def _read_areas(self) -> None:
        areas = list(Area.objects.values_list("pk", "name", "gss_code"))
        self.areas = {pk: name for pk, name, _ in areas}
        self.nations = {pk: Nation.of_code(code) for pk, _, code in areas}
        self._parts_of_area: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._areas_of_district: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for area, district, code in AreaPart.objects.values_list("area", "district", "outward_code"):
            self._parts_of_area[area].append((district, code))
            self._areas_of_district[district].append((area, code))
        # A district's areas, a name's words and what a programme serves are asked for again and again.
        self.holding = cache(self._holding)
        self.served = cache(self._served)

    def nation_of(self, area: int) -> Nation | None:
        """Return the nation of an area, of an informal one that of its districts; None where that is not just one."""
        parts = self._parts_of_area.get(area, ())
        return self.nations.get(area) or Nation.shared_by(self.nations[district] for district, _ in parts)

    def _holding(self, district: int | None, code: str) -> tuple[int, ...]:
        """The areas that a district, or the part of it with an outward code, lies in."""
        return tuple({area for area, part in self._areas_of_district.get(district, ()) if part in ("", code)})

    def _served(self, areas: tuple[int, ...]) -> tuple[int, ...]:
        """The areas of which some areas cover all or a part."""
        return tuple({one for area in areas for one in self._overlapping(area)})

    def _overlapping(self, area: int) -> Iterable[int]:
        return {
            other
            for district, code in self._parts_of_area[area]
            for other, part in self._areas_of_district[district]
            if not code or not part or code == part
        }


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, each once."""
    return tuple(dict.fromkeys(fold(text).split()))
