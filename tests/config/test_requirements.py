"""What is installed is pinned: requirements/*.txt hold every name of requirements/*.in, with
versions that fit, and hashes."""

from __future__ import annotations

import os
import re

import pytest
from packaging.requirements import Requirement

from tests.processes import ROOT

FOLDER = ROOT / "requirements"
HOSTS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")


def canonical(name: str) -> str:
    """A package's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(which: str) -> list[Requirement]:
    """The lines of an .in file."""
    lines = [
        line.split(" #")[0].strip() for line in (FOLDER / f"{which}.in").read_text().splitlines()
    ]
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pinned(which: str) -> dict[str, str]:
    """Version by name of a .txt file."""
    lines = (FOLDER / f"{which}.txt").read_text().splitlines()
    found = [re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", line) for line in lines]
    return {canonical(match[1]): match[2] for match in found if match}


@pytest.mark.parametrize("which", ["run", "dev", "scan", "crawl"])
def test_every_package_asked_for_is_pinned_to_a_version_that_fits(which: str) -> None:
    versions = pinned(which)
    wrong = [
        str(one)
        for one in asked(which)
        if not one.specifier.contains(versions.get(canonical(one.name), "0"), prereleases=True)
    ]
    missing = [one.name for one in asked(which) if canonical(one.name) not in versions]
    assert not missing and not wrong, "run `make lock`"


@pytest.mark.parametrize("which", ["run", "dev", "scan", "crawl"])
def test_every_pin_has_a_hash_and_names_no_registry(which: str) -> None:
    text = (FOLDER / f"{which}.txt").read_text()
    pins = re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " "))
    assert not [
        pin.split()[0] for pin in pins if "==" in pin.split(" #")[0] and "--hash=sha256:" not in pin
    ]
    assert not HOSTS.search(text)


def test_tests_run_on_the_versions_that_production_runs_on() -> None:
    run, dev = pinned("run"), pinned("dev")
    assert not {
        name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]
    }


@pytest.mark.xdist_group("grouped")
def test_tests_of_a_group_stay_on_one_process(request: pytest.FixtureRequest) -> None:
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@grouped"), (
        "these versions of pytest and pytest-xdist do not agree"
    )
