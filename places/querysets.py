"""Words for asking about places."""

from django.db.models import Q, QuerySet

from .choices import DISTRICT_KINDS, AreaKind


class AreaQuerySet(QuerySet):
    """Areas, chosen in English."""

    def nations(self):
        return self.filter(kind=AreaKind.NATION)

    def districts(self):
        return self.filter(kind__in=DISTRICT_KINDS)

    def informal(self):
        return self.filter(kind=AreaKind.INFORMAL)

    def named(self, folded_name: str):
        """Areas that go by a name, folded by `fold_name`, in English, Welsh or any other way."""
        return self.filter(folded_names__contains=f"|{folded_name}|")

    def holding(self, district_id: int, outward_code: str = ""):
        """Every area that a district, or the part of it with an outward code, is in: itself, its county, East Kent."""
        return self.filter(
            Q(parts__outward_code="") | Q(parts__outward_code=outward_code), parts__district_id=district_id
        ).distinct()
