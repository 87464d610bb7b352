"""What people wrote on paper at the end, as a table with a row a person."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assistance.evaluation.survey_models import LONGEST_COMMENT, RATINGS, SurveyAnswer
from assistance.participants.attendance_import import COLUMNS as ATTENDANCE_COLUMNS
from assistance.participants.attendance_import import sex_of
from core.pasted_tables import PastedColumn, PastedRow, PastedTable, read_pasted

HEADS = {
    "relevance": ("Usefulness", "Utilité", "Utilidad", "Польза", "الفائدة", "实用性"),
    "content": ("Content", "Contenu", "Contenido", "Содержание", "المحتوى", "内容"),
    "trainers": ("Trainers", "Formateurs", "Formadores", "Преподаватели", "المدربون", "讲师"),
    "organisation": (
        "Organisation",
        "Organization",
        "Organización",
        "Организация",
        "التنظيم",
        "组织",
    ),
    "comment": ("Comment", "Commentaire", "Comentario", "Комментарий", "التعليق", "意见"),
}
COLUMNS = (
    *(PastedColumn(name, heads, needed=name == "relevance") for name, heads in HEADS.items()),
    PastedColumn("sex", ATTENDANCE_COLUMNS["sex"]),
)


def read_answers(text: str) -> PastedTable[SurveyAnswer]:
    """The table; what is wrong stands in its `errors`."""
    return read_pasted(text, COLUMNS, read_answer)


def read_answer(number: int, said: Mapping[str, str]) -> PastedRow[SurveyAnswer]:
    """One row. Raises ValidationError."""
    answer = SurveyAnswer(
        sex=sex_of(said.get("sex", "")),
        comment=said.get("comment", ""),
        **{name: rating_of(said.get(name, "")) for name in RATINGS},
    )
    if len(answer.comment) > LONGEST_COMMENT:
        raise ValidationError(
            _("the comment is longer than %(n)s characters.") % {"n": LONGEST_COMMENT}
        )
    return PastedRow(number, answer, (), "new")


def rating_of(cell: str) -> int | None:
    """A number from 1 to 5; None for an empty cell. Raises ValidationError."""
    if not cell:
        return None
    if cell not in ("1", "2", "3", "4", "5"):
        raise ValidationError(_("“%(value)s” is no number from 1 to 5.") % {"value": cell[:40]})
    return int(cell)
