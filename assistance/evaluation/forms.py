"""Forms of evaluation: what staff open and record, and what people answer."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.evaluation import answer_sheet, knowledge_tests, scores
from assistance.evaluation.choices import Obstacle, Stage, Use
from assistance.evaluation.knowledge_tests import (
    LONGEST_WORD,
    SHORTEST_WORD,
    Question,
    answers_in_order,
)
from assistance.evaluation.results import questions_of
from assistance.evaluation.score_models import KnowledgeTest
from assistance.evaluation.scores import Maxima, Score
from assistance.evaluation.survey_models import RATINGS, SurveyAnswer
from assistance.evaluation.surveys import MOST_ASKED, MOST_BY_LINK
from assistance.participants.models import Sex
from core.pasted_tables import PastedTable, PastedTableForm
from core.text import Label
from core.validators import PrintableFormMixin, PrintableModelForm

Made = TypeVar("Made")
SCALE = (
    (5, gettext_lazy("5: very")),
    (4, "4"),
    (3, "3"),
    (2, "2"),
    (1, gettext_lazy("1: not at all")),
)
SEXES = [
    *(choice for choice in Sex.choices if choice[0] != Sex.UNKNOWN),
    (Sex.UNKNOWN.value, gettext_lazy("I would rather not say")),
]
YES_OR_NO = (("true", gettext_lazy("Yes")), ("false", gettext_lazy("No")))


class TableForm(PastedTableForm, Generic[Made]):
    """A pasted table whose rows are made into something, with what is wrong beside it."""

    def read(self, text: str) -> PastedTable[Made]:
        """The table that was pasted."""
        raise NotImplementedError

    def clean(self) -> dict[str, object]:
        """Reads the table. Raises ValidationError with what is wrong in it."""
        given = super().clean()
        if not self.errors:
            table = self.read(str(given["text"]))
            if table.errors:
                raise ValidationError(table.errors)
            given["rows"] = [row.made for row in table.rows]
        return given

    def rows(self) -> list[Made]:
        """What was read, once it is valid."""
        found: list[Made] = self.cleaned_data["rows"]
        return found


def most_points(label: Label) -> forms.DecimalField:
    """The most points that a test gives."""
    return forms.DecimalField(label=label, max_digits=7, decimal_places=2, min_value=1, initial=100)


class ScoresForm(TableForm[Score]):
    """Scores of both tests, from a sheet."""

    before_maximum = most_points(gettext_lazy("Most points in the test before"))
    after_maximum = most_points(gettext_lazy("Most points in the test after"))
    field_order = ("before_maximum", "after_maximum", "text", "file")

    def maxima(self) -> Maxima:
        """Once it is valid."""
        return Maxima(self.cleaned_data["before_maximum"], self.cleaned_data["after_maximum"])

    def read(self, text: str) -> PastedTable[Score]:
        """Points of each person."""
        return scores.read_scores(text, self.maxima())


class QuestionsForm(TableForm[Question]):
    """The questions of a test."""

    def read(self, text: str) -> PastedTable[Question]:
        """Questions with their answers."""
        return knowledge_tests.read_questions(text)


class AskedForm(PrintableFormMixin, forms.Form):
    """How many people are asked."""

    asked = forms.IntegerField(
        label=gettext_lazy("How many people are asked"),
        min_value=1,
        max_value=MOST_BY_LINK,
        help_text=gettext_lazy("No more answers than this are taken."),
    )


class AnswersForm(TableForm[SurveyAnswer]):
    """What people wrote on paper, from a sheet."""

    asked = forms.IntegerField(
        label=gettext_lazy("How many people were asked"), min_value=1, max_value=MOST_ASKED
    )
    field_order = ("asked", "text", "file")

    def read(self, text: str) -> PastedTable[SurveyAnswer]:
        """Answers."""
        return answer_sheet.read_answers(text)


class AnswerForm(PrintableModelForm[SurveyAnswer]):
    """What somebody is asked in a wave; nothing has to be answered, something has."""

    class Meta:
        model = SurveyAnswer
        fields = [*RATINGS, "use", "obstacle", "passed_on", "results", "comment", "sex"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}
        help_texts = {
            "comment": gettext_lazy("Write no names: neither yours nor those of others."),
        }

    def __init__(self, data: Any = None, *, wave: int) -> None:
        super().__init__(data)
        self.auto_id = "%s"
        self.initial = {}  # nothing is chosen for anybody
        asked = questions_of(wave)
        for name in set(self.fields) - set(asked):
            del self.fields[name]
        for name in RATINGS:
            if name in self.fields:
                self.fields[name] = forms.TypedChoiceField(
                    label=self.fields[name].label,
                    choices=SCALE,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                )
        for name in ("passed_on", "results"):
            if name in self.fields:
                self.fields[name] = forms.TypedChoiceField(
                    label=self.fields[name].label,
                    choices=YES_OR_NO,
                    coerce=lambda value: value == "true",
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                )
        for name, choices in (("use", Use.choices), ("obstacle", Obstacle.choices), ("sex", SEXES)):
            if name in self.fields:
                self.fields[name].widget = forms.RadioSelect(choices=choices)
        self.order_fields(asked)

    def clean(self) -> dict[str, object]:
        """Raises ValidationError where nothing at all is answered."""
        given = super().clean() or {}
        if not self.errors and not any(
            value not in (None, "") for name, value in given.items() if name != "sex"
        ):
            raise ValidationError(_("Answer one question at least."))
        return given


class KnowledgeTestForm(PrintableFormMixin, forms.Form):
    """A test at one stage: every question has to be answered."""

    word = forms.CharField(
        label=gettext_lazy("A word of your own"),
        min_length=SHORTEST_WORD,
        max_length=LONGEST_WORD,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("You are"),
        choices=SEXES,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, test: KnowledgeTest, stage: Stage) -> None:
        super().__init__(data, auto_id="%s")
        self.fields["word"].help_text = (
            _("You are asked for it again after the course. Nobody can read whose it is.")
            if stage == Stage.BEFORE
            else _(
                "The one that you chose before the course. If you took no test then, choose one."
            )
        )
        self.questions = list(test.questions.all())
        for question in self.questions:
            self.fields[f"question_{question.number}"] = forms.ChoiceField(
                label=f"{question.number}. {question.text}",
                choices=[(answer, answer) for answer in answers_in_order(question)],
                widget=forms.RadioSelect(attrs={"dir": "auto"}),
                error_messages={"required": _("Choose an answer.")},
            )

    def points(self) -> int:
        """How many answers are right, once it is valid."""
        return sum(
            self.cleaned_data[f"question_{question.number}"] == question.right
            for question in self.questions
        )
