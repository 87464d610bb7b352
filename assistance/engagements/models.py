"""What was done: engagements, their dated parts, and who took part, by country and sex."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.engagements.choices import (
    WITHOUT_PARTICIPANTS,
    EarlyReason,
    GenderMarker,
    Modality,
    Origin,
    SdgTarget,
    Stage,
)
from assistance.engagements.querysets import EngagementQuerySet
from assistance.engagements.states import EngagementState
from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, Theme
from assistance.requests.choices import AssistanceType
from assistance.requests.models import AssistanceRequest
from assistance.tools.models import Tool
from core.db.checks import CheckedModel
from core.db.search import SearchWords, WordsField, joined
from core.db.tracking import ANY_CHANGE, ROW_WITHOUT_INDEX, history_by_row, history_by_time
from core.text import label_of
from countries.models import Country
from countries.processes.models import ProcessSession

USER = settings.AUTH_USER_MODEL


# The contact of an imported record stands in the row only, where it can be erased.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=["contact", "search", "search_internal"],
    model_name="EngagementHistory",
    obj_field=ROW_WITHOUT_INDEX,
    meta={
        "indexes": [
            history_by_row("engagement_history_by_row"),
            history_by_time("engagement_history_by_time"),
        ]
    },
)
class Engagement(CheckedModel):
    """One piece of assistance, of one programme and main pillar, for any number of requests and
    countries.

    `starts_on` and `ends_on` repeat the first and last day of its parts. Dates are dates of the
    place and are not converted.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="engagements", verbose_name=_("programme")
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=EngagementState.choices,
        default=EngagementState.PLANNED,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    title = models.CharField(_("title"), max_length=200)
    pillar = models.ForeignKey(
        Pillar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("main pillar"),
    )
    theme_codes = ArrayField(
        models.SlugField(max_length=40), verbose_name=_("themes"), default=list, blank=True
    )
    type = models.CharField(_("type"), max_length=24, choices=AssistanceType.choices, blank=True)
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    lead_officer = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_engagements",
        verbose_name=_("lead officer"),
    )
    partners = models.CharField(_("partners"), max_length=300, blank=True)
    tool_codes = ArrayField(
        models.SlugField(max_length=60), verbose_name=_("tools used"), default=list, blank=True
    )
    # whose delegates it brings there: that makes it a support of their attendance
    session = models.ForeignKey(
        ProcessSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("session whose delegates it supports"),
    )
    funding = models.ForeignKey(
        Funding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("funding"),
    )
    objectives = models.TextField(_("objectives"), blank=True)
    outcome = models.TextField(_("outcome (internal)"), blank=True)
    follow_up = models.TextField(_("follow-up (internal)"), blank=True)
    reach = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    reach_method = models.CharField(_("how the reach was estimated"), max_length=300, blank=True)
    stage = models.CharField(
        _("stage of support"), max_length=12, choices=Stage.choices, blank=True
    )
    gender_marker = models.PositiveSmallIntegerField(
        _("gender equality marker"), choices=GenderMarker.choices, null=True, blank=True
    )
    sdg_targets = ArrayField(
        models.CharField(max_length=8, choices=SdgTarget.choices),
        verbose_name=_("targets of the Sustainable Development Goals"),
        default=list,
        blank=True,
    )
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN, editable=False
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    foreign_id = models.CharField(_("identifier there"), max_length=60, blank=True)
    budget = models.DecimalField(
        _("budget"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    expense = models.DecimalField(
        _("expense"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(max_length=3, default="USD")
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    # every part is struck out
    did_not_take_place = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    # who said it is delivered
    recorded_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="recorded_engagements"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    requests: models.ManyToManyField[AssistanceRequest, EngagementRequest] = models.ManyToManyField(
        AssistanceRequest,
        through="EngagementRequest",
        related_name="engagements",
        verbose_name=_("requests"),
    )

    search = WordsField(
        expression=SearchWords(joined("reference", "title"), "place"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # of what only staff read
    search_internal = WordsField(
        expression=SearchWords(
            Value(""),
            joined("objectives", "outcome", "follow_up", "partners", "organisation", "foreign_id"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EngagementState.values), name="engagement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="engagement_ordered",
                violation_error_message=_("The engagement ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=EngagementState.RECORDED)
                | Q(
                    pillar__isnull=False,
                    type__gt="",
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                ),
                name="engagement_own_is_whole",
                violation_error_message=_("An engagement needs a pillar, a type and dates."),
            ),
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | ~Q(reach_method=""),
                name="engagement_reach_says_how",
                violation_error_message=_("Say how the reach was estimated."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "foreign_id"],
                condition=~Q(foreign_id=""),
                name="engagement_imported_once",
                violation_error_message=_("This record has been imported already."),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-id"], name="engagement_of_programme"),
            models.Index(fields=["programme", "ends_on"], name="engagement_by_end"),
            models.Index(fields=["programme", "state", "-id"], name="engagement_by_state"),
            models.Index(
                fields=["lead_officer", "ends_on"],
                name="engagement_to_record",
                condition=Q(state__in=["planned", "confirmed"]),
            ),
            GinIndex(fields=["theme_codes"], name="engagement_themes"),
            GinIndex(fields=["tool_codes"], name="engagement_tools"),
            # The orders of the list, over all programmes, since who may read a row is no matter of
            # its programme alone.
            models.Index("title", F("id").desc(), name="engagement_by_title"),
            models.Index(
                F("starts_on").desc(nulls_last=True), F("id").desc(), name="engagement_latest_first"
            ),
            models.Index("ends_on", "id", name="engagement_earliest_end"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="engagement_title_part"),
            GinIndex(fields=["search"], name="engagement_search"),
            GinIndex(fields=["search_internal"], name="engagement_search_internal"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def has_participants(self) -> bool:
        """Whether its type counts participants at all."""
        return self.type not in WITHOUT_PARTICIPANTS

    @property
    def state_in_words(self) -> str:
        """The state as people read it; with every part struck out, that it did not take place."""
        if self.did_not_take_place:
            return gettext("did not take place")
        return label_of(EngagementState, self.state)

    @property
    def themes(self) -> list[Theme]:
        """The themes behind the codes."""
        return list(Theme.objects.filter(code__in=self.theme_codes))

    @property
    def tools(self) -> list[Tool]:
        """The tools behind the codes."""
        return list(Tool.objects.filter(code__in=self.tool_codes)) if self.tool_codes else []

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("engagement", args=[self.pk])


@pghistory.track()
class RecordedCountry(models.Model):
    """A country of an imported record that has no dated part yet.

    Once there are parts, `CountryParticipation` says whom it concerns.
    """

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="recorded_countries")
    country = models.ForeignKey(Country, models.PROTECT, related_name="recorded_engagements")

    class Meta:
        ordering = ["engagement", "country__iso3"]
        verbose_name = _("country of an imported record")
        verbose_name_plural = _("countries of imported records")
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "country"],
                name="recorded_country_once",
                violation_error_message=_("This country is in the list already."),
            )
        ]
        indexes = [models.Index(fields=["country", "engagement"], name="recorded_of_country")]

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.country_id}"


@pghistory.track()
class EngagementRequest(models.Model):
    """An engagement answers a request."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="links")
    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="links")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)
    # of a request that was not decided on when it was linked
    early_reason = models.CharField(max_length=10, choices=EarlyReason.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "request"], name="engagement_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} → {self.request_id}"


class NamedCountry(models.Model):
    """A view of the database: the countries of a confirmed engagement that concerns the focal point
    who asks. Their names, and nothing else of them."""

    pk = models.CompositePrimaryKey("engagement_id", "country_id")
    engagement = models.ForeignKey(Engagement, models.DO_NOTHING, related_name="+")
    country = models.ForeignKey(Country, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "assistance_namedcountry"

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.country_id}"


class EngagementEvent(models.Model):
    """One act on an engagement; append-only, as CaseEvent is."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="events")
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12, choices=EngagementState.choices)
    to_state = models.CharField(max_length=12, choices=EngagementState.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="engagement_events"
    )
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["engagement", "id"]
        indexes = [models.Index(fields=["engagement", "-id"], name="engagement_event_timeline")]
        triggers = [
            pgtrigger.Protect(
                name="engagement_event_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.action}"


# Who does it, often a person by name, stands in the row only, where it can be erased.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=["owner"],
    meta={"indexes": [history_by_time("step_history_by_time")]},
)
class NextStep(models.Model):
    """What follows from an engagement: ours or a country's, open until done."""

    class Side(models.TextChoices):
        """Who does it."""

        OURS = "ours", _("ours")
        THEIRS = "theirs", _("theirs")

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="next_steps")
    side = models.CharField(_("whose"), max_length=6, choices=Side.choices)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    what = models.CharField(_("what"), max_length=300)
    owner = models.CharField(_("owner"), max_length=200)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["due_on"]
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [
            models.CheckConstraint(
                condition=~Q(side="theirs") | Q(country__isnull=False),
                name="next_step_theirs_has_country",
                violation_error_message=_("Say which country is to do it."),
            )
        ]

    def __str__(self) -> str:
        return self.what
