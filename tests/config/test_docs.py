"""Documentation says what the code does."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]


def test_pages_made_from_the_codes_tables_are_in_step() -> None:
    call_command("write_docs", "--check")


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


FOLDERS = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0].isalpha())
NAMED_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")


def defined_tests() -> set[str]:
    """The names of all test functions."""
    return {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.M)
    }


@pytest.mark.parametrize("page", PAGES)
def test_paths_and_tests_that_are_named_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    assert [path for path in NAMED_PATH.findall(text) if not (ROOT / path).exists()] == []
    assert sorted(set(re.findall(r"`(test_\w+)`", text)) - defined_tests()) == []


def test_paths_that_code_names_exist() -> None:
    named = {
        (path, str(file.relative_to(ROOT)))
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for path in re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", file.read_text())
    }
    assert named and sorted(pair for pair in named if not (ROOT / pair[0]).exists()) == []


def test_rooms_that_the_contributors_page_names_are_there() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text()
    rows = [
        (folder, re.findall(r"`(\w+/)`", line))
        for folder, line in re.findall(r"^\| `(\w+/)`(?: `\w+/`)* \| (.+) \|$", text, re.M)
    ]
    assert (
        len(rows) > 5
        and [
            f"{folder}{room}"
            for folder, rooms in rows
            for room in rooms
            if not (ROOT / folder / room).is_dir()
        ]
        == []
    )
    described = text[text.index("Inside an app") : text.index("## Rules")]
    assert [
        name
        for name in re.findall(r"`(\w+\.py)`", described)
        if not (ROOT / "assistance" / "requests" / name).exists()
    ] == []


def test_commands_of_backup_and_restore_are_the_same_on_both_pages() -> None:
    readme, operations = (
        (ROOT / "README.md").read_text(),
        (ROOT / "docs" / "operations.md").read_text(),
    )
    blocks = [
        lines for lines in re.findall(r"```sh\n(.*?)```", readme, re.S) if "meridian-files" in lines
    ]
    assert len(blocks) == 2
    assert [block for block in blocks if block not in operations] == []


def table_of_variables() -> dict[str, str]:
    """The variables of the operators' page, each with its mark: ● set for the operator, ○ not for
    containers, or none."""
    rows = re.findall(
        r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) ?([●○]?) \|",
        (ROOT / "docs" / "operations.md").read_text(),
        re.M,
    )
    return {name: mark for names, mark in rows for name in re.findall(r"[A-Z_]+", names)}


def test_every_variable_that_is_explained_is_read_and_reaches_the_containers() -> None:
    read = r"(?:environ\.get|switch|number|choice)\(\s*[\"']([A-Z_]+)[\"']"
    sources = "".join(
        (ROOT / "config" / name).read_text()
        for name in ("settings.py", "environment.py", "refusals.py", "celery.py")
    )
    table, compose = table_of_variables(), yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert set(table) == set(re.findall(read, sources))
    ours = compose["services"]["beat"]["environment"]
    image = re.findall(
        r"\b([A-Z_]+)=",
        next(
            line
            for line in (ROOT / "Dockerfile").read_text().splitlines()
            if line.startswith("ENV MERIDIAN")
        ),
    )
    assert [
        name for name, mark in table.items() if mark == "●" and name not in (*ours, *image)
    ] == []
    assert [name for name, mark in table.items() if mark == "○" and name in ours] == []
    passed = {name for name, value in ours.items() if f"${{{name}:" in str(value)} | set(
        re.findall(r"\$\{([A-Z_]+)", str(compose["services"]["web"]["ports"]))
    )
    assert [name for name, mark in table.items() if not mark and name not in passed] == []


def test_totals_of_the_security_requirements_are_those_of_their_rows() -> None:
    text = (ROOT / "docs" / "asvs.md").read_text()
    rows = re.findall(
        r"^\| (\d+)\.\d+\.\d+ \| [12] \| [^|]+ \| (met|n/a|not met) \| [^|]+ \|$", text, re.M
    )
    assert len(rows) == len(re.findall(r"^\| \d+\.\d+\.\d+ ", text, re.M)), "a row has another form"
    counted = [
        (
            name,
            [
                str(sum(a == answer for n, a in rows if name in (f"V{n}", "all")))
                for answer in ("met", "n/a", "not met")
            ],
        )
        for name in [*dict.fromkeys(f"V{n}" for n, _a in rows), "all"]
    ]
    assert "\n".join(f"| {name} | {' | '.join(numbers)} |" for name, numbers in counted) in text
