"""Search by words in six languages: what is indexed, how a query is read, what counts as the same
name.

Each text is indexed by the stems of the language it is written in, by those of Arabic and Russian
wherever it is written in their letters, and by its words as they are, without accents. A query is
read in all six languages at once. Arabic is compared without its signs of vowels and with one form
of alef. Chinese, which writes no spaces, is indexed by pairs of characters, traditional ones as
simplified. Source: the rules of the programme on search.

The functions stand in the database, so that an index, a generated column and a query cannot differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.operations import UnaccentExtension
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import migrations
from django.db.models import BooleanField, Func, GeneratedField, Model, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

if TYPE_CHECKING:
    from django.db.migrations.operations.base import Operation
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

FUNCTIONS = Path(__file__).with_name("search.sql")
PAIRS = Path(__file__).with_name("traditional-chinese.txt")  # a traditional character, its other
HAN = r"[\u4e00-\u9fff\u3400-\u4dbf]"
SIGNS_OF_VOWELS = r"[\u064b-\u065f\u0670\u0640]"  # of Arabic, and the stroke that lengthens a word
# outside ASCII the parser takes every sign for a letter
PUNCTUATION = (
    r"[\u00a1-\u00bf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\u30fb\u060c\u061b\u061f\u066a-\u066d"
    r"\u06d4]"
)


def create_functions() -> str:
    """SQL of the functions."""
    pairs = PAIRS.read_text(encoding="utf-8").split()
    filled_in = {
        "HAN": HAN,
        "SIGNS_OF_VOWELS": SIGNS_OF_VOWELS,
        "PUNCTUATION": PUNCTUATION,
        "TRADITIONAL": "".join(pair[0] for pair in pairs),
        "SIMPLIFIED": "".join(pair[1] for pair in pairs),
    }
    sql = FUNCTIONS.read_text(encoding="utf-8")
    for name, text in filled_in.items():
        sql = sql.replace(f"{{{name}}}", text)
    return sql


DROP_FUNCTIONS = """
DROP FUNCTION meridian_search_query(text);
DROP FUNCTION meridian_search_terms(text, boolean);
DROP FUNCTION meridian_search_vector(text, text, text);
DROP FUNCTION meridian_search_words(text, text);
DROP FUNCTION meridian_search_marked(text, text);
DROP FUNCTION meridian_search_pairs(text);
DROP FUNCTION meridian_search_name(text);
DROP FUNCTION meridian_search_text(text);
"""


def search_operations() -> list[Operation]:
    """Steps of the migration that brings search, before any index by words."""
    return [UnaccentExtension(), migrations.RunSQL(create_functions(), DROP_FUNCTIONS)]


Text = str | Combinable
M = TypeVar("M", bound=Model)


def joined(*texts: Text) -> Combinable:
    """Texts with a space between them; an empty one is none."""
    parts: list[Text] = []
    for text in texts:
        parts += [text, Value(" ")]
    return Concat(*parts, output_field=TextField())


class SearchWords(Func):
    """The words of a title and of what stands below it, as they are indexed. `language` is a column
    or a value with the code of the language they are written in; empty where nobody knows."""

    function = "meridian_search_vector"
    output_field = SearchVectorField()

    def __init__(self, title: Text, body: Text | None = None, language: Text | None = None) -> None:
        super().__init__(language or Value(""), title, body or Value(""))


class WordsField(GeneratedField):
    """Indexed words kept in the row, for tables in which many rows are ranked at once. They are
    compared in the database and never read: of a long request they are longer than its texts."""

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        """Nothing in their place."""
        return "NULL", []


class WordsQuery(SearchQuery):
    """A query as people type it: words all of which are sought, the last perhaps unfinished,
    “two words” together, `or`, -without. What has no words finds nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(Value(text, output_field=TextField()))
        self.function = "meridian_search_query"


class SearchName(Func):
    """A name as names are compared: without accents, capitals and forms of the same letter."""

    function = "meridian_search_name"
    output_field = TextField()


class StartsWith(Func):
    """Whether a text begins with another."""

    function = "starts_with"
    output_field = BooleanField()


def having_words(rows: QuerySet[M], words: SearchWords, text: str) -> QuerySet[M]:
    """Those of the rows whose words, an expression with an index of its own, are what is looked
    for."""
    found: QuerySet[M] = rows.alias(words=words).filter(words=WordsQuery(text))
    return found
