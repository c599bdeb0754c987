from .base import ChangeTracked, PublicModel, related_model, reverse_relation
from .outgoing_email import EmailState, OutgoingEmail

__all__ = ["ChangeTracked", "EmailState", "OutgoingEmail", "PublicModel", "related_model", "reverse_relation"]
