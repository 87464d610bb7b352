"""Requests of the sample that are written out, so that every trial shows the same stories: how each
goes, action by action."""

from __future__ import annotations

from dataclasses import dataclass

from assistance.requests.choices import AssistanceType as T
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS


@dataclass
class Written:
    """A way that a case takes for certain: acts, each so many working days before today;
    engagements with their own days."""

    iso3: str
    theme: str
    acts: tuple[tuple[str, int], ...]
    # planned so many working days ago, starts, fate, kind
    engagements: tuple[tuple[int, int, str, str], ...] = ()

    @property
    def arrives(self) -> int:
        """Working days before today on which it comes."""
        return next((ago for code, ago in self.acts if submits(code)), self.acts[0][1])


def submits(code: str) -> bool:
    """Whether a written act is one with which a request is submitted."""
    return code in ACTIONS and set(ACTIONS[code].sources) <= set(State.before_submission())


REVIEWED = (("submit", 60), ("start_review", 58), ("mark_complete", 55))

WRITTEN = (
    Written(
        "KEN",
        "digital-forensics",
        (("begin", 22), ("submit", 20), ("start_review", 18), ("ask", 11), ("answer_some", 4)),
    ),
    Written(
        "KEN",
        "electronic-evidence",
        (
            ("begin", 190),
            ("submit", 186),
            ("start_review", 184),
            ("mark_complete", 181),
            ("accept", 165),
            ("propose_plan", 145),
            ("agree", 139),
        ),
        ((136, 95, "verified", T.TRAINING), (134, -18, "", T.WORKSHOP)),
    ),
    Written(
        "KEN",
        "child-protection",
        (
            ("begin", 240),
            ("submit", 236),
            ("start_review", 234),
            ("mark_complete", 230),
            ("accept", 214),
            ("propose_plan", 196),
            ("agree", 188),
            ("complete", 12),
        ),
        ((186, 120, "verified", T.TRAINING), (184, 60, "verified", T.ADVISORY)),
    ),
    Written(
        "KEN",
        "mutual-legal-assistance",
        (
            ("begin", 560),
            ("submit", 556),
            ("start_review", 554),
            ("mark_complete", 551),
            ("accept", 530),
            ("propose_plan", 512),
            ("agree", 505),
            ("complete", 372),
            ("confirm", 361),
        ),
        ((502, 430, "verified", T.WORKSHOP), (500, 395, "verified", T.TRAINING)),
    ),
    Written("KEN", "cryptocurrency", (("begin", 5), ("submit", 2))),
    Written("KEN", "public-awareness", (("begin", 3),)),
    Written(
        "FJI",
        "legislation",
        (
            ("begin", 70),
            ("submit", 67),
            ("start_review", 65),
            ("mark_complete", 62),
            ("accept", 44),
            ("propose_plan", 6),
        ),
    ),
    Written(
        "FJI",
        "ransomware",
        (("begin", 38), ("submit", 36), ("start_review", 34), ("mark_complete", 29)),
    ),
    Written(
        "FJI",
        "network-24-7",
        (
            ("begin", 50),
            ("submit", 47),
            ("start_review", 45),
            ("mark_complete", 41),
            ("accept", 16),
        ),
    ),
    Written(
        "FJI",
        "public-awareness",
        (
            ("begin", 41),
            ("submit", 40),
            ("start_review", 38),
            ("mark_complete", 35),
            ("accept", 30),
            ("propose_plan", 24),
            ("agree", 14),
        ),
        ((12, -25, "", T.CAMPAIGN),),
    ),
    Written("FJI", "statistics", (("begin", 9), ("submit", 8), ("start_review", 6))),
    Written(
        "FJI",
        "electronic-evidence",
        (
            ("begin", 420),
            ("submit", 417),
            ("start_review", 415),
            ("mark_complete", 412),
            ("accept", 395),
            ("propose_plan", 380),
            ("agree", 374),
            ("complete", 268),
            ("confirm", 255),
        ),
        ((372, 290, "verified", T.TRAINING),),
    ),
    Written("UGA", "darknet", (("begin", 6), ("submit", 3))),  # awaits clearance
    Written(
        "WSM",
        "public-awareness",
        (
            ("begin", 60),
            ("submit", 58),
            ("start_review", 55),
            ("mark_complete", 52),
            ("waitlist", 30),
        ),
    ),
    Written("NPL", "digital-forensics", (*REVIEWED, ("accept", 40), ("hold", 12))),
    Written("BOL", "legislation", (*REVIEWED, ("decline", 38))),
    Written("CIV", "ransomware", (*REVIEWED, ("refer", 35))),
    Written(
        "GEO", "cryptocurrency", (("submit", 62), ("start_review", 60), ("ask", 52), ("lapse", 20))
    ),
    Written("BTN", "network-24-7", (("submit", 50), ("start_review", 48), ("withdraw", 30))),
    Written(
        "MOZ",
        "electronic-evidence",
        (
            ("submit", 120),
            ("start_review", 118),
            ("mark_complete", 115),
            ("accept", 100),
            ("discontinue", 30),
        ),
    ),
    Written("TUV", "child-protection", (("submit", 45), ("start_review", 44))),
    Written("TUV", "child-protection", (("submit", 41), ("start_review", 40), ("merge", 38))),
    Written("ZMB", "statistics", (("submit", 1),)),
    Written(
        "SLB",
        "digital-forensics",
        (
            ("submit", 110),
            ("start_review", 108),
            ("mark_complete", 105),
            ("accept", 90),
            ("propose_plan", 75),
            ("agree", 70),
        ),
        ((66, -30, "planned", T.TRAINING),),
    ),
    Written("SLE", "digital-forensics", (*REVIEWED, ("accept", 41))),
    Written("HND", "cryptocurrency", (("submit", 16), ("start_review", 14), ("ask", 9))),
    Written(
        "TCD",
        "legislation",
        (("submit", 28), ("start_review", 26), ("mark_complete", 22), ("return_assessment", 15)),
    ),
    Written("VUT", "public-awareness", (("submit", 12), ("start_review", 10))),
    Written("MKD", "ransomware", (*REVIEWED, ("accept", 33), ("propose_plan", 9))),
)
