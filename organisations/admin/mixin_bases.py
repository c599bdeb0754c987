"""The bases of mixins for admin pages: the class they are mixed into while types are checked; nothing at run time."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin

    ModelAdminMixin = ModelAdmin[Any]
    InlineMixin = InlineModelAdmin[Any, Any]
    #: For mixins of both pages and inlines.
    AnyAdminMixin = BaseModelAdmin[Any]
else:
    ModelAdminMixin = InlineMixin = AnyAdminMixin = object
