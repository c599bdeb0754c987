"""The fixed choices of organisations and of every listing, in the words visitors read."""

from django.db.models import TextChoices


class Publication(TextChoices):
    """Whether the public can see a listing."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Freshness(TextChoices):
    """How long ago somebody last checked a listing. Computed from its last check, never stored."""

    FRESH = "fresh", "Checked"
    DUE = "due", "Not checked lately"
    OVERDUE = "overdue", "Not checked for over nine months"
    LAPSED = "lapsed", "Not checked for a long time"
    UNCHECKED = "unchecked", "Not yet checked"


class CheckedBy(TextChoices):
    """How somebody found out that a listing is right."""

    PHONE = "phone", "by phone"
    VISIT = "visit", "by a visit"
    EMAIL = "email", "by e-mail"
    WEBSITE = "website", "on its website"
    ORGANISATION = "organisation", "by the organisation itself"


class OrganisationKind(TextChoices):
    """What sort of body an organisation is."""

    CHARITY = "charity", "Charity"
    NHS_TRUST = "nhs trust", "NHS trust"
    NETWORK = "network", "Network"
    COUNCIL = "council", "Council"
    COMMUNITY_GROUP = "community group", "Community group"
    NOT_SAID = "not said", "Organisation"


class YesNo(TextChoices):
    """An answer that may not have been given."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SAID = "not said", "Not said"


class Purpose(TextChoices):
    """What a contact is for."""

    GENERAL = "general", "Questions of any kind"
    JOINING = "joining", "Joining a group"
    VOLUNTEERING = "volunteering", "Volunteering"
    TRAINING = "training", "Courses and training"
    STARTING = "starting a group", "Help to start a group"
    REFERRAL = "referral", "Referring somebody"


class SupportRoute(TextChoices):
    """How somebody gets support from a person in a peer role."""

    CARE_COORDINATOR = "care coordinator", "Ask your care coordinator"
    CONTACT_US = "contact us", "Contact the organisation"
    NONE = "none", "This role does not support people one to one"
    NOT_SAID = "not said", "Not said: ask the organisation"


class Recruiting(TextChoices):
    """Whether an organisation is looking for people for a role."""

    YES = "yes", "Looking for people now"
    NO = "no", "Not looking for people now"
    WAS = "was", "Was looking for people when its page was written"
    NOT_SAID = "not said", "Not said: ask the organisation"


class Pay(TextChoices):
    """Whether a peer role is paid."""

    PAID = "paid", "Paid"
    VOLUNTARY = "voluntary", "Voluntary"
    EITHER = "either", "Paid or voluntary"
    NOT_SAID = "not said", "Not said"


class LivedExperience(TextChoices):
    """Whether a role asks for lived experience of mental health problems."""

    NEEDED = "needed", "Needed"
    WELCOME = "welcome", "Welcome, not needed"
    NOT_SAID = "not said", "Not said"


class TrainingKind(TextChoices):
    """What a training is towards."""

    COURSE = "course", "Course"
    PEER_SUPPORT = "peer support", "Peer support course"
    WORK = "work", "Train to work in peer support"
    STARTING = "starting a group", "Help to start a group"


class Theme(TextChoices):
    """What a statement answers, and so where it stands on "peer support explained"."""

    AIMS = "aims", "What we are for"
    WHAT = "what", "What is peer support?"
    WHY = "why", "Why it could help"
    EVIDENCE = "evidence", "What the evidence says"
    HOW = "how", "How we work"
    RECOGNISES = "recognises", "What we recognise"
    NEEDS = "needs", "When something is missing"


class Permission(TextChoices):
    """Why somebody's words may be shown."""

    PUBLISHED = "published", "Published by the organisation or in a publication"
    CONSENT = "consent", "The person agreed"
    NONE = "none", "Not recorded: do not show"


class EditorRole(TextChoices):
    """What somebody on the staff may do with an organisation's listings."""

    EDITOR = "editor", "Editor: changes and publishes"
    CONTRIBUTOR = "contributor", "Contributor: adds drafts and proposes changes"
