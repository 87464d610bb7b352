"""Who works in the sample programme, which institutions countries have, and who gives."""

from __future__ import annotations

from accounts.models import Role

STAFF = (
    ("officer@example.org", "Anna Rossi", Role.OFFICER, "Europe/Vienna", "en", "Programme Officer"),
    (
        "s.ndiaye@example.org",
        "Souleymane Ndiaye",
        Role.OFFICER,
        "Africa/Dakar",
        "fr",
        "Programme Officer, West Africa",
    ),
    (
        "m.quiroga@example.org",
        "Mariana Quiroga",
        Role.OFFICER,
        "America/Panama",
        "es",
        "Programme Officer, Latin America and the Caribbean",
    ),
    (
        "k.tanaka@example.org",
        "Kenji Tanaka",
        Role.OFFICER,
        "Asia/Bangkok",
        "en",
        "Programme Officer, Asia and the Pacific",
    ),
    (
        "w.kariuki@example.org",
        "Wangari Kariuki",
        Role.OFFICER,
        "Africa/Nairobi",
        "en",
        "Programme Officer, Eastern Africa",
    ),
    (
        "o.melnyk@example.org",
        "Oksana Melnyk",
        Role.OFFICER,
        "Europe/Vienna",
        "ru",
        "Associate Programme Officer",
    ),
    (
        "manager@example.org",
        "Lina Haddad",
        Role.MANAGER,
        "Europe/Vienna",
        "en",
        "Chief of Programme",
    ),
    (
        "t.lindqvist@example.org",
        "Tomas Lindqvist",
        Role.MANAGER,
        "Europe/Vienna",
        "en",
        "Deputy Chief of Programme",
    ),
)

REGIONAL = {"Africa/Dakar": 1, "America/Panama": 2, "Asia/Bangkok": 3, "Africa/Nairobi": 4}

# kind, then the name in English, French, Spanish, Portuguese
KINDS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "police",
        "National Police, Cybercrime Unit",
        "Police nationale, division de la cybercriminalité",
        "Policía Nacional, Unidad de Delitos Informáticos",
        "Polícia Judiciária, Secção de Cibercrime",
    ),
    (
        "prosecution",
        "Office of the Director of Public Prosecutions",
        "Parquet général",
        "Fiscalía General",
        "Procuradoria-Geral da República",
    ),
    (
        "ministry",
        "Ministry of Justice",
        "Ministère de la justice",
        "Ministerio de Justicia",
        "Ministério da Justiça",
    ),
    (
        "cert",
        "National Computer Emergency Response Team",
        "Centre national de réponse aux incidents informatiques",
        "Equipo Nacional de Respuesta a Incidentes",
        "Centro Nacional de Cibersegurança",
    ),
    (
        "judiciary",
        "Judicial Training Institute",
        "École nationale de la magistrature",
        "Escuela Judicial",
        "Centro de Formação Judiciária",
    ),
    (
        "central_authority",
        "Central Authority for Mutual Legal Assistance",
        "Autorité centrale pour l’entraide judiciaire",
        "Autoridad Central de Cooperación Jurídica",
        "Autoridade Central de Cooperação",
    ),
    (
        "regulator",
        "Communications Authority",
        "Autorité de régulation des communications",
        "Superintendencia de Telecomunicaciones",
        "Autoridade das Comunicações",
    ),
    (
        "ministry",
        "Ministry of Home Affairs",
        "Ministère de l’intérieur",
        "Ministerio del Interior",
        "Ministério do Interior",
    ),
)

# places of the kinds above
POLICE, PROSECUTION, JUSTICE, CERT, JUDICIARY, CENTRAL, REGULATOR, INTERIOR = range(8)
NAME_COLUMN = {"fr": 2, "es": 3, "pt": 4}

FUNCTIONS = {
    "en": (
        "Head, Cybercrime Unit",
        "Deputy Director, International Cooperation",
        "Principal State Counsel",
        "Director, Legal Affairs",
        "National Cybersecurity Coordinator",
    ),
    "fr": (
        "Chef de la division cybercriminalité",
        "Directeur de la coopération internationale",
        "Magistrat, conseiller technique",
        "Directrice des affaires juridiques",
    ),
    "es": (
        "Jefa de la Unidad de Delitos Informáticos",
        "Director de Cooperación Internacional",
        "Fiscal adjunta",
        "Coordinador Nacional de Ciberseguridad",
    ),
    "pt": (
        "Chefe da Secção de Cibercrime",
        "Diretora de Cooperação Internacional",
        "Procuradora da República",
    ),
}

DONORS: tuple[tuple[str, tuple[tuple[str, int, str], ...]], ...] = (
    (
        "Government of a Nordic country",
        (
            ("Core contribution to the programme", 4_800_000, ""),
            ("Core contribution to the programme, second phase", 6_100_000, ""),
        ),
    ),
    (
        "Government of a Pacific Rim country",
        (
            ("Cybercrime and small island States", 2_400_000, "capacity_building"),
            ("Pacific legislation and evidence", 2_900_000, ""),
        ),
    ),
    (
        "Ministry of Foreign Affairs of a European country",
        (
            (
                "International cooperation in cases with electronic evidence",
                3_300_000,
                "cooperation",
            ),
            ("Cooperation across borders", 3_900_000, "cooperation"),
        ),
    ),
    (
        "Development agency of a North American country",
        (
            ("Protecting children and communities online", 2_100_000, "prevention"),
            ("Prevention for schools and families", 2_700_000, "prevention"),
        ),
    ),
    (
        "Multi-donor trust fund for justice",
        (
            ("Data and research on cybercrime", 900_000, "research"),
            ("Measuring cybercrime", 1_200_000, "research"),
        ),
    ),
    (
        "Regional development bank",
        (
            ("Digital investigation skills", 1_700_000, "capacity_building"),
            ("Digital investigation skills II", 2_200_000, "capacity_building"),
        ),
    ),
)

CLEARING = ("UGA", "GHA", "NGA", "PHL", "COL", "PER", "SEN", "JOR", "JAM", "LKA")

ENDED = ("SLE", "HND", "TCD", "VUT", "MKD")

SAMPLE_COUNTRIES = ("KEN", "FJI")
