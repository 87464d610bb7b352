"""Which tools engagements of the sample used."""

from __future__ import annotations

import random

from assistance.requests.choices import AssistanceType as T
from assistance.tools.models import Tool

# by theme, tools with which an engagement about it is given
TOOLS: dict[str, tuple[str, ...]] = {
    "legislation": ("sherloc-cybercrime-repository", "commonwealth-model-law", "tcy-templates"),
    "electronic-evidence": ("practical-guide-e-evidence", "e-evidence-model-forms"),
    "mutual-legal-assistance": ("cna-directory", "data-disclosure-framework"),
    "network-24-7": ("cna-directory",),
    "digital-forensics": ("coe-electronic-evidence-guide", "coe-e-evidence-sop"),
    "statistics": ("coe-statistics-guide", "oxford-cmm"),
    "public-awareness": ("e4j-cybercrime-modules",),
    "cryptocurrency": ("unodc-global-elearning",),
}
TAUGHT = (T.TRAINING, T.WORKSHOP, T.LEGISLATIVE, T.ADVISORY, T.MENTORING)


class ToolChoice:
    """Which tools an engagement used, by its own lot: none of two fifths."""

    def __init__(self) -> None:
        self.known = set(Tool.objects.values_list("code", flat=True))
        self.rng = random.Random("tools")  # noqa: S311 not for secrets

    def tools_for(self, kind: str, theme: str) -> list[str]:
        """Their codes."""
        offered = [code for code in TOOLS.get(theme, ()) if code in self.known]
        if kind not in TAUGHT or not offered or self.rng.random() < 0.4:
            return []
        return self.rng.sample(offered, self.rng.randint(1, min(2, len(offered))))
