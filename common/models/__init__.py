from .base import ChangeTracked, PublicModel, related_model, reverse_relation
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
    "reverse_relation",
]
