from .base import ChangeTracked, PublicModel, related_model, reverse_relation
from .outgoing_email import OutgoingEmail
from .rate_limit import RateLimitCount, RateLimitDay

__all__ = [
    "ChangeTracked",
    "OutgoingEmail",
    "PublicModel",
    "RateLimitCount",
    "RateLimitDay",
    "related_model",
    "reverse_relation",
]
