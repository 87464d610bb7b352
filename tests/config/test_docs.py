"""Documentation says what the code does."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def test_pages_made_from_the_codes_tables_are_in_step() -> None:
    call_command("write_docs", "--check")


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


NAMED_PATH = re.compile(r"`((?:accounts|assistance|config|countries|docker|docs|files|reports|requirements|static|templates|tests)/[\w./-]*)`")


def defined_tests() -> set[str]:
    """The names of all test functions."""
    return {name for file in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", file.read_text(), re.M)}


@pytest.mark.parametrize("page", [*sorted(p.name for p in (ROOT / "docs").glob("asvs*.md")), "security.md"])
def test_paths_and_tests_that_are_named_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    assert [path for path in NAMED_PATH.findall(text) if not (ROOT / path).exists()] == []
    assert sorted(set(re.findall(r"`(test_\w+)`", text)) - defined_tests()) == []


def test_totals_of_the_security_requirements_are_those_of_their_rows() -> None:
    text = (ROOT / "docs" / "asvs.md").read_text()
    rows = re.findall(r"^\| (\d+)\.\d+\.\d+ \| [12] \| [^|]+ \| (met|n/a|not met) \| [^|]+ \|$", text, re.M)
    assert len(rows) == len(re.findall(r"^\| \d+\.\d+\.\d+ ", text, re.M)), "a row has another form"
    counted = [(name, [str(sum(a == answer for n, a in rows if name in (f"V{n}", "all"))) for answer in ("met", "n/a", "not met")])
               for name in [*dict.fromkeys(f"V{n}" for n, _a in rows), "all"]]  # fmt: skip
    assert "\n".join(f"| {name} | {' | '.join(numbers)} |" for name, numbers in counted) in text
