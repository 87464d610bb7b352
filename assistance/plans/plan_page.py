"""The page on which a plan is written: its draft, steps brought in from another plan, and how the
country will see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone

from accounts.drafts.form_drafts import FormDraft
from accounts.models import User
from assistance.plans.drafts import PlanFormDraft
from assistance.plans.models import ResponsePlan
from assistance.requests.action_pages import ActionPage
from assistance.requests.decision_memo import similar_requests
from core.workflow import rows
from core.workflow.rows import RowsField

BRING_IN, FROM_PLAN = "bring_in", "from_plan"  # a button; the plan that it means
STEP = ("what", "starts_on", "ends_on", "who", "cost")
INDICATOR = ("title", "unit", "baseline", "target")
Row = dict[str, object]


@dataclass
class RowsOfPreview:
    """Rows as a template asks a plan for them."""

    rows: list[Row]

    def all(self) -> list[Row]:
        """In their order."""
        return self.rows


@dataclass
class PlanPreview:
    """A plan that is not proposed yet, as its template shows one."""

    version: int
    summary: str
    proposed_by: User
    steps: RowsOfPreview
    indicators: RowsOfPreview
    get_status_display: str = ""
    agreed_at: None = None
    proposed_at: object = field(default_factory=timezone.now)

    @property
    def cost(self) -> Decimal:
        """Of the steps that have one."""
        costs = [row.get("cost") for row in self.steps.all()]
        return sum((cost for cost in costs if isinstance(cost, Decimal)), Decimal(0))


class PlanPage(ActionPage):
    """Of a first plan and of its revisions."""

    template: ClassVar[str] = "requests/plan_form.html"

    def make_draft(self) -> FormDraft:
        """The programme's officers work on one."""
        code = f"request.{self.action.code}"
        return PlanFormDraft(self.request, code, self.case.pk, self.case.version, case=self.case)

    def is_unjudged(self) -> bool:
        """Also where steps are brought in."""
        return BRING_IN in self.request.POST or super().is_unjudged()

    def show_unjudged(self) -> HttpResponse:
        """What was sent, with the steps and indicators of the plan that was asked for below it."""
        self.form = self.blank_form()
        rows.show_changed(self.form, self.request.POST)
        wanted = self.request.POST.get(FROM_PLAN)
        plan = next((plan for plan in self.plans if str(plan.pk) == wanted), None)
        if BRING_IN in self.request.POST and plan is not None:
            self.bring_in(plan)
        self.draft.show_in(self.form, self.blank_form)
        return self.render(409 if self.draft.other is not None else 200)

    def bring_in(self, plan: ResponsePlan) -> None:
        """Adds the rows of a plan below what is there, as many as fit; their days are left out where
        it is another request's."""
        is_own = plan.request_id == self.case.pk
        given: dict[str, list[Row]] = {
            "steps": [dict(row) for row in plan.steps.values(*STEP)],
            "indicators": [dict(row) for row in plan.indicators.values(*INDICATOR)],
        }
        for name, brought in given.items():
            before = cast("list[Row]", self.form.initial.get(name) or [])
            kept = [row for row in before if any(row.values())]
            for row in brought:
                row |= {n: f"{v.normalize():f}" for n, v in row.items() if isinstance(v, Decimal)}
                if not is_own:
                    row |= {"starts_on": None, "ends_on": None} if name == "steps" else {}
            self.form.initial[name] = [*kept, *brought][: rows.MOST_ROWS]

    @cached_property
    def plans(self) -> list[ResponsePlan]:
        """Plans from which steps can be brought in: this request's own, then agreed ones of similar
        requests."""
        own = ResponsePlan.objects.filter(request=self.case).exclude(
            status=ResponsePlan.Status.PROPOSED
        )
        similar = similar_requests(self.case, self.user)
        agreed = ResponsePlan.objects.filter(
            request__in=[case.pk for case in similar], status=ResponsePlan.Status.AGREED
        )
        related = ("request", "request__country")
        return [*own.select_related(*related), *agreed.select_related(*related)]

    def preview(self) -> PlanPreview | None:
        """How the country will see what stands in the form; None where nothing does."""
        given = {name: self.rows_of(name) for name in ("steps", "indicators")}
        if not any(given.values()):
            return None
        return PlanPreview(
            version=self.case.plans.count() + 1,
            summary=str(self.form["summary"].value() or ""),
            proposed_by=self.user,
            steps=RowsOfPreview(given["steps"]),
            indicators=RowsOfPreview(given["indicators"]),
        )

    def rows_of(self, name: str) -> list[Row]:
        """The rows of a table that are not blank."""
        table = cast("RowsField", self.form.fields[name])
        typed = self.form[name].value() or []
        return [
            {column: readable(part, row.get(column)) for column, part in table.columns}
            for row in cast("Sequence[Row]", typed)
            if any(row.values())
        ]

    def context(self) -> dict[str, object]:
        """With the plans that can be brought in, and the preview."""
        return super().context() | {"plans": self.plans, "preview": self.preview()}


def readable(cell: forms.Field, value: object) -> object:
    """A cell's cleaned value; of words that are not right yet, what was typed, of a day or a number
    nothing."""
    try:
        return cell.clean("" if value is None else str(value))
    except ValidationError:
        return value if isinstance(cell, forms.CharField) else None
