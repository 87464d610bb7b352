"""The case: a country's request for assistance, with its clocks and the times it spent in each
state."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, ReasonCode, Theme
from assistance.requests import choices
from assistance.requests.querysets import RequestQuerySet
from assistance.requests.questions import Question, questions_and_answers
from assistance.requests.states import BEFORE_DECISION, OPEN, State, Turn
from core.db.checks import CheckedModel
from core.db.search import SearchWords, WordsField, joined
from core.db.tracking import ANY_CHANGE, ROW_WITHOUT_INDEX, history_by_row
from countries.models import Country, Institution

USER = settings.AUTH_USER_MODEL


# Who signed stands in the row only, where it can be erased; history says that a row was changed,
# not what the name was.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=["search", "signatory_name", "signatory_title"],
    model_name="RequestHistory",
    obj_field=ROW_WITHOUT_INDEX,
    meta={"indexes": [history_by_row("request_history_by_row")]},
)
class AssistanceRequest(CheckedModel):
    """What a country asks a programme for.

    Texts are declared in `fields.py`; the state moves only through `transitions.py`.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="requests", verbose_name=_("programme")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="requests", verbose_name=_("country")
    )
    reference = models.CharField(
        _("reference"), max_length=20, null=True, blank=True, unique=True, editable=False
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    # raised by every change: two people at once
    version = models.PositiveIntegerField(default=1, editable=False)
    author = models.ForeignKey(
        USER, models.PROTECT, related_name="authored_requests", verbose_name=_("author")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    title = models.CharField(_("title"), max_length=200, blank=True)
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("pillar"),
    )
    theme_codes = ArrayField(
        models.SlugField(max_length=40), verbose_name=_("themes"), default=list, blank=True
    )
    language = models.CharField(
        _("language"), max_length=10, choices=choices.WRITTEN_IN, default="en"
    )
    problem = models.TextField(_("problem to be solved"), blank=True)
    tried_before = models.TextField(_("what was tried before"), blank=True)
    assistance_types = ArrayField(
        models.CharField(max_length=40, choices=choices.AssistanceType.choices),
        verbose_name=_("kinds of help"),
        default=list,
        blank=True,
    )
    assistance_asked = models.TextField(_("assistance asked for"), blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    beneficiaries = models.TextField(_("intended beneficiaries"), blank=True)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("requesting institution"),
    )
    other_institutions = models.TextField(_("other institutions"), blank=True)
    participants_expected = models.PositiveIntegerField(
        _("participants expected"), null=True, blank=True
    )
    security_force = models.CharField(
        _("security forces among the beneficiaries"),
        max_length=10,
        choices=choices.YesNo.choices,
        blank=True,
    )
    other_support = models.TextField(_("other support received or asked for"), blank=True)
    national_contribution = models.TextField(_("national contribution"), blank=True)
    urgency = models.CharField(
        _("urgency"),
        max_length=10,
        choices=choices.Urgency.choices,
        default=choices.Urgency.ROUTINE,
    )
    urgency_reason = models.TextField(_("reason of the urgency"), blank=True)
    wished_from = models.DateField(_("wished from"), null=True, blank=True)
    wished_until = models.DateField(_("wished until"), null=True, blank=True)
    signatory_name = models.CharField(_("signed by"), max_length=200, blank=True)
    signatory_title = models.CharField(_("function of the signatory"), max_length=200, blank=True)
    letter_reference = models.CharField(_("reference of the letter"), max_length=100, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    received_through = models.CharField(
        _("received through"),
        max_length=10,
        choices=choices.Channel.choices,
        default=choices.Channel.PORTAL,
    )
    publish = models.CharField(
        _("may be published"),
        max_length=10,
        choices=choices.Publish.choices,
        default=choices.Publish.NOTHING,
    )
    # none: the title itself
    public_title = models.CharField(_("title for the public"), max_length=200, blank=True)
    public_summary = models.TextField(_("summary for the public"), blank=True)
    share_with_donors = models.BooleanField(_("may be shown to donors"), default=False)
    show_need = models.BooleanField(_("the answer on the need may be shown"), default=False)
    # when the country last said what may be shown
    consent_on = models.DateField(null=True, blank=True, editable=False)
    # SHA-256 of the text that an officer released for strangers
    released_title = models.CharField(max_length=64, blank=True, editable=False)
    released_summary = models.CharField(max_length=64, blank=True, editable=False)

    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # date of submission at the duty station
    received_on = models.DateField(_("received on"), null=True, blank=True, editable=False)
    complete_since = models.DateTimeField(null=True, blank=True, editable=False)
    # accept, waitlist, refer, decline
    first_decision = models.CharField(max_length=20, blank=True, editable=False)
    first_decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_decided_on = models.DateField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # the state to go back to after an answer
    returned_from = models.CharField(max_length=20, blank=True, editable=False)
    held_from = models.CharField(max_length=20, blank=True, editable=False)
    # while it is on hold
    hold_look_on = models.DateField(_("next look"), null=True, blank=True, editable=False)
    lead_officer = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_requests",
        verbose_name=_("lead officer"),
    )
    deciding_manager = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests_to_decide",
        verbose_name=_("deciding manager"),
    )
    priority = models.CharField(
        _("priority"), max_length=10, choices=choices.Priority.choices, blank=True
    )
    estimate = models.DecimalField(
        _("estimate"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    estimate_currency = models.CharField(max_length=3, default="USD")
    funding = models.ForeignKey(
        Funding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("funding"),
    )
    not_covered = models.TextField(_("what is not covered"), blank=True)
    reason_code = models.ForeignKey(
        ReasonCode, models.PROTECT, null=True, blank=True, verbose_name=_("reason")
    )
    referred_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("continued in"),
    )
    next_look_on = models.DateField(_("next look on"), null=True, blank=True)
    outcome = models.CharField(
        _("needs met"), max_length=12, choices=choices.Outcome.choices, blank=True
    )
    usefulness = models.PositiveSmallIntegerField(_("usefulness"), null=True, blank=True)
    timeliness = models.PositiveSmallIntegerField(_("timeliness"), null=True, blank=True)
    turn = models.CharField(
        _("whose turn"), max_length=10, choices=Turn.choices, default=Turn.COUNTRY, editable=False
    )
    due_on = models.DateField(_("due"), null=True, blank=True, editable=False)
    # what the country wrote; the words of the programme stand in tables that it cannot read
    search = WordsField(
        expression=SearchWords(
            joined("reference", "title"),
            joined(
                "problem",
                "assistance_asked",
                "tried_before",
                "expected_results",
                "beneficiaries",
                "other_institutions",
                "other_support",
                "national_contribution",
                "urgency_reason",
                "signatory_name",
                "signatory_title",
                "letter_reference",
            ),
            "language",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=State.before_submission())
                | Q(reference__isnull=False, submitted_at__isnull=False, received_on__isnull=False)
                | Q(state=State.WITHDRAWN),
                name="request_submitted_has_reference",
            ),
            models.CheckConstraint(
                condition=Q(reference__isnull=True)
                | Q(reference__regex=r"^[A-Z]{3}-[0-9]{4}-[0-9]{4,}$"),
                name="request_reference_form",
            ),
            models.CheckConstraint(
                condition=Q(wished_from__isnull=True)
                | Q(wished_until__isnull=True)
                | Q(wished_until__gte=models.F("wished_from")),
                name="request_wish_ordered",
                violation_error_message=_("The wished period ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=False) | ~Q(state=State.MERGED),
                name="request_merged_has_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="request_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(usefulness__isnull=True) | Q(usefulness__range=(1, 5)),
                name="request_usefulness_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(timeliness__isnull=True) | Q(timeliness__range=(1, 5)),
                name="request_timeliness_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True) | Q(estimate__gte=0),
                name="request_estimate_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["country", "-id"], name="request_of_country"),
            models.Index(fields=["programme", "-id"], name="request_of_programme"),
            models.Index(fields=["programme", "received_on"], name="request_received"),
            models.Index(fields=["programme", "state", "-id"], name="request_by_state"),
            models.Index(fields=["programme", "pillar", "-id"], name="request_by_pillar"),
            models.Index(
                fields=["programme", "turn", "due_on"],
                name="request_open_by_due",
                condition=Q(state__in=OPEN),
            ),
            models.Index(
                fields=["due_on", "id"], name="request_open_due", condition=Q(state__in=OPEN)
            ),
            models.Index(
                fields=["lead_officer", "due_on"],
                name="request_open_of_officer",
                condition=Q(state__in=OPEN),
            ),
            models.Index("title", models.F("id").desc(), name="request_by_title"),
            GinIndex(fields=["search"], name="request_search"),
            GinIndex(fields=["theme_codes"], name="request_themes"),
        ]

    def __str__(self) -> str:
        name = self.reference or _("Draft")
        return f"{name} {self.title}".strip()

    @property
    def is_open(self) -> bool:
        """Submitted to delivered, and on hold."""
        return self.state in OPEN

    @property
    def has_open_assessment(self) -> bool:
        """Whether the manager sent the assessment back since the request was found complete.

        For staff only: countries' people read none.
        """
        returned = type(self).objects.filter(pk=self.pk, assessment__returned_at__isnull=False)
        return self.complete_since is not None and returned.exists()

    def open_questions(self) -> list[Question]:
        """What the country was asked last and has not answered, while it is its turn to; nothing
        otherwise."""
        if (self.held_from if self.state == State.ON_HOLD else self.state) != State.RETURNED:
            return []
        events = self.events.filter(round=self.round).of_questions()
        return [q for q in questions_and_answers(events) if not q.is_answered]

    @property
    def themes(self) -> list[Theme]:
        """The themes behind the codes, in their order."""
        return list(Theme.objects.filter(code__in=self.theme_codes))

    @property
    def assistance_type_labels(self) -> list[str]:
        """The kinds of help in the reader's language."""
        return [str(choices.AssistanceType(t).label) for t in self.assistance_types]

    @property
    def is_undecided(self) -> bool:
        """Whether it was submitted and nobody has decided to help yet."""
        state = self.held_from if self.state == State.ON_HOLD else self.state
        return state in BEFORE_DECISION

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("request", args=[self.pk])


class ReferenceCounter(models.Model):
    """The last running number given: one row a series and year, locked by whoever takes the next."""

    series = models.CharField(max_length=10)  # ISO 3166 alpha-3 of the country, or ENG
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="reference_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}: {self.last}"
