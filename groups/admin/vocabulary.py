from typing import Any

from django.contrib import admin

from organisations.admin import RECORD, PublicModelAdmin, fieldset

from ..models import AccessFeature, Activity, Audience, Language, Topic


@admin.register(Topic, Activity, Audience, Language, AccessFeature)
class TermAdmin(PublicModelAdmin):
    is_shared = True
    list_display = ["name", "words_in_a_line"]
    name_fields = ("name", "other_words")
    search_fields = ["name", "other_words"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [fieldset("", "name", "other_words", "slug"), RECORD]

    @admin.display(description="other words people use")
    def words_in_a_line(self, term: Any) -> str:
        return ", ".join(term.other_words)
