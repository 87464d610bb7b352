"""Models of the portal, gathered for Django."""

from portal.news.models import NewsAgreement, NewsItem, NewsPicture, NewsText  # noqa: F401
from portal.public.models import (  # noqa: F401
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
from portal.public.news_models import (  # noqa: F401
    PublicNews,
    PublicNewsPicture,
)
from portal.public.reference_models import (  # noqa: F401
    PublicInstrument,
    PublicProcess,
    PublicSession,
    PublicSessionDocument,
    PublicTool,
    PublicToolVersion,
    PublicTreatyAction,
)
from portal.public_messages.models import PublicMessage  # noqa: F401
from portal.subscriptions.models import NewsSubscription  # noqa: F401
