from .base import ChangeTracked, PublicModel, related_model, related_rows, reverse_relation
from .content_version import ContentVersion
from .outgoing_email import OutgoingEmail
from .rate_limit import RateLimitCount, RateLimitDay

__all__ = [
    "ChangeTracked",
    "ContentVersion",
    "OutgoingEmail",
    "PublicModel",
    "RateLimitCount",
    "RateLimitDay",
    "related_model",
    "related_rows",
    "reverse_relation",
]
