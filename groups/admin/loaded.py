from django.contrib import admin

from places.admin import ReadOnly

from ..models import Loaded


@admin.register(Loaded)
class LoadedAdmin(ReadOnly):
    """What came from the data files, to look at: `load_directory` keeps it."""

    list_display = ["key", "model", "row_id"]
    # Not the fingerprint: a page of digests tells nobody anything.
    fields = ["key", "model", "row_id"]
    list_filter = ["model"]
    search_fields = ["key"]
