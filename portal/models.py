"""Models of the portal, gathered for Django."""

from portal.public.models import (  # noqa: F401
    CurrentGeneration,
    PublicChange,
    PublicCountry,
    PublicCountryPage,
    PublicDocument,
    PublicEdition,
    PublicInstrument,
    PublicPillar,
    PublicProcess,
    PublicProgramme,
    PublicRequest,
    PublicSecret,
    PublicSession,
    PublicSessionDocument,
    PublicTool,
    PublicToolVersion,
    PublicTreatyAction,
)
from portal.public_messages.models import PublicMessage  # noqa: F401
