"""Models of the portal, gathered for Django."""

from portal.news.models import NewsAgreement, NewsItem, NewsPicture, NewsText
from portal.public.models import (
    CurrentGeneration,
    PublicChange,
    PublicCountry,
    PublicCountryPage,
    PublicDocument,
    PublicEdition,
    PublicPillar,
    PublicProgramme,
    PublicRequest,
    PublicSecret,
)
from portal.public.news_models import (
    PublicNews,
    PublicNewsPicture,
)
from portal.public.reference_models import (
    PublicInstrument,
    PublicProcess,
    PublicSession,
    PublicSessionDocument,
    PublicTool,
    PublicToolVersion,
    PublicTreatyAction,
)
from portal.public_messages.models import PublicMessage
from portal.subscriptions.models import NewsSubscription

__all__ = [
    "CurrentGeneration",
    "NewsAgreement",
    "NewsItem",
    "NewsPicture",
    "NewsSubscription",
    "NewsText",
    "PublicChange",
    "PublicCountry",
    "PublicCountryPage",
    "PublicDocument",
    "PublicEdition",
    "PublicInstrument",
    "PublicMessage",
    "PublicNews",
    "PublicNewsPicture",
    "PublicPillar",
    "PublicProcess",
    "PublicProgramme",
    "PublicRequest",
    "PublicSecret",
    "PublicSession",
    "PublicSessionDocument",
    "PublicTool",
    "PublicToolVersion",
    "PublicTreatyAction",
]
