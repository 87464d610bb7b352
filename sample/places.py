"""Countries that ask, with the language they write in, their time zone and the names their people
bear."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Place:
    """A country that takes part in the sample."""

    iso3: str
    language: str
    zone: ZoneInfo
    names: str  # a key of NAMES
    city: str


# iso3, language, zone, names, city of meetings
LINES = """
KEN en Africa/Nairobi east Nairobi
UGA en Africa/Kampala east Kampala
TZA en Africa/Dar_es_Salaam east Dar es Salaam
ETH en Africa/Addis_Ababa horn Addis Ababa
RWA fr Africa/Kigali lakes Kigali
BDI fr Africa/Bujumbura lakes Bujumbura
SOM en Africa/Mogadishu horn Mogadishu
SSD en Africa/Juba east Juba
MWI en Africa/Blantyre south Lilongwe
ZMB en Africa/Lusaka south Lusaka
ZWE en Africa/Harare south Harare
MOZ pt Africa/Maputo luso Maputo
MDG fr Indian/Antananarivo madagascar Antananarivo
MUS en Indian/Mauritius indian Port Louis
COM fr Indian/Comoro arabic Moroni
DJI fr Africa/Djibouti horn Djibouti
BWA en Africa/Gaborone south Gaborone
LSO en Africa/Maseru south Maseru
NAM en Africa/Windhoek south Windhoek
ZAF en Africa/Johannesburg south Pretoria
SWZ en Africa/Mbabane south Mbabane
GHA en Africa/Accra west Accra
NGA en Africa/Lagos west Abuja
LBR en Africa/Monrovia west Monrovia
SLE en Africa/Freetown west Freetown
GMB en Africa/Banjul sahel Banjul
BEN fr Africa/Porto-Novo coast Cotonou
BFA fr Africa/Ouagadougou sahel Ouagadougou
CIV fr Africa/Abidjan coast Abidjan
GIN fr Africa/Conakry sahel Conakry
MLI fr Africa/Bamako sahel Bamako
NER fr Africa/Niamey sahel Niamey
SEN fr Africa/Dakar sahel Dakar
TGO fr Africa/Lome coast Lomé
MRT ar Africa/Nouakchott arabic Nouakchott
CPV pt Atlantic/Cape_Verde luso Praia
GNB pt Africa/Bissau luso Bissau
CMR fr Africa/Douala coast Yaoundé
TCD fr Africa/Ndjamena sahel N’Djamena
COG fr Africa/Brazzaville coast Brazzaville
COD fr Africa/Kinshasa lakes Kinshasa
GAB fr Africa/Libreville coast Libreville
AGO pt Africa/Luanda luso Luanda
STP pt Africa/Sao_Tome luso São Tomé
EGY ar Africa/Cairo arabic Cairo
MAR fr Africa/Casablanca arabic Rabat
TUN fr Africa/Tunis arabic Tunis
SDN ar Africa/Khartoum arabic Port Sudan
IRQ ar Asia/Baghdad arabic Baghdad
JOR ar Asia/Amman arabic Amman
LBN ar Asia/Beirut arabic Beirut
ARM en Asia/Yerevan caucasus Yerevan
GEO en Asia/Tbilisi caucasus Tbilisi
AZE en Asia/Baku caucasus Baku
KAZ ru Asia/Almaty steppe Astana
KGZ ru Asia/Bishkek steppe Bishkek
TJK ru Asia/Dushanbe steppe Dushanbe
UZB ru Asia/Tashkent steppe Tashkent
MDA en Europe/Chisinau balkan Chișinău
ALB en Europe/Tirane balkan Tirana
BIH en Europe/Sarajevo balkan Sarajevo
MKD en Europe/Skopje balkan Skopje
MNE en Europe/Podgorica balkan Podgorica
SRB en Europe/Belgrade balkan Belgrade
BGD en Asia/Dhaka south_asia Dhaka
BTN en Asia/Thimphu himalaya Thimphu
NPL en Asia/Kathmandu himalaya Kathmandu
PAK en Asia/Karachi south_asia Islamabad
LKA en Asia/Colombo ceylon Colombo
MDV en Indian/Maldives south_asia Malé
KHM en Asia/Phnom_Penh mekong Phnom Penh
LAO en Asia/Vientiane mekong Vientiane
IDN en Asia/Jakarta malay Jakarta
MYS en Asia/Kuala_Lumpur malay Kuala Lumpur
PHL en Asia/Manila philippines Manila
THA en Asia/Bangkok mekong Bangkok
TLS pt Asia/Dili luso Dili
VNM en Asia/Ho_Chi_Minh mekong Hanoi
MNG ru Asia/Ulaanbaatar steppe Ulaanbaatar
CHN zh Asia/Shanghai chinese Beijing
ARG es America/Argentina/Buenos_Aires latin Buenos Aires
BOL es America/La_Paz latin La Paz
COL es America/Bogota latin Bogotá
CRI es America/Costa_Rica latin San José
CUB es America/Havana latin Havana
DOM es America/Santo_Domingo latin Santo Domingo
ECU es America/Guayaquil latin Quito
GTM es America/Guatemala latin Guatemala City
HND es America/Tegucigalpa latin Tegucigalpa
MEX es America/Mexico_City latin Mexico City
PAN es America/Panama latin Panama City
PER es America/Lima latin Lima
PRY es America/Asuncion latin Asunción
SLV es America/El_Salvador latin San Salvador
BRA pt America/Sao_Paulo luso Brasília
BLZ en America/Belize caribbean Belize City
DMA en America/Dominica caribbean Roseau
GRD en America/Grenada caribbean Saint George’s
GUY en America/Guyana caribbean Georgetown
JAM en America/Jamaica caribbean Kingston
LCA en America/St_Lucia caribbean Castries
VCT en America/St_Vincent caribbean Kingstown
SUR en America/Paramaribo caribbean Paramaribo
HTI fr America/Port-au-Prince haiti Port-au-Prince
FJI en Pacific/Fiji pacific Suva
FSM en Pacific/Pohnpei pacific Palikir
KIR en Pacific/Tarawa pacific Tarawa
MHL en Pacific/Majuro pacific Majuro
NRU en Pacific/Nauru pacific Yaren
PLW en Pacific/Palau pacific Koror
PNG en Pacific/Port_Moresby pacific Port Moresby
SLB en Pacific/Guadalcanal pacific Honiara
TON en Pacific/Tongatapu pacific Nuku’alofa
TUV en Pacific/Funafuti pacific Funafuti
VUT en Pacific/Efate pacific Port Vila
WSM en Pacific/Apia pacific Apia
"""


def places_of(lines: str) -> dict[str, Place]:
    """Places by their ISO 3166 alpha-3 code, of lines as above."""
    found = {}
    for line in lines.strip().splitlines():
        iso3, language, zone, names, city = line.split(" ", 4)
        found[iso3] = Place(iso3, language, ZoneInfo(zone), names, city)
    return found


PLACES = places_of(LINES)

# Given names of women | of men | family names
NAMES: dict[str, tuple[list[str], list[str], list[str]]] = {
    key: (women.split(","), men.split(","), families.split(","))
    for key, (women, men, families) in {
        "east": (
            "Grace,Esther,Mary,Faith,Rehema,Beatrice,Neema,Lilian",
            "Peter,Joseph,Daniel,Moses,Emmanuel,Samuel,Patrick,Juma",
            "Otieno,Mwangi,Kamau,Okello,Mushi,Njoroge,Achieng,Mugisha,Lado,Kiprono,Nakato",
        ),
        "horn": (
            "Hodan,Sahra,Meseret,Amina,Tigist,Fadumo,Selam",
            "Abdi,Yonas,Dawit,Ahmed,Hassan,Tesfaye,Mohamed",
            "Bekele,Abdullahi,Tadesse,Warsame,Farah,Haile,Guelleh,Alemu",
        ),
        "lakes": (
            "Claudine,Espérance,Jeanne,Chantal,Aline,Diane,Solange",
            "Jean-Bosco,Innocent,Emmanuel,Patrice,Olivier,Fidèle,Célestin",
            "Uwimana,Nkurunziza,Habimana,Mukendi,Ilunga,Niyonzima,Kabongo,Mbuyi",
        ),
        "south": (
            "Thandi,Lerato,Chipo,Mercy,Naledi,Ruth,Palesa,Tendai",
            "Tawanda,Thabo,Kondwani,Sipho,Mulenga,Lesego,Brian,Chanda",
            "Banda,Phiri,Moyo,Dlamini,Mokoena,Ndlovu,Mwale,Kgosi,Shikongo,Tembo",
        ),
        "luso": (
            "Ana Paula,Maria João,Isabel,Lurdes,Cristina,Fátima,Helena",
            "António,Carlos,Domingos,Paulo,Manuel,João,Edson",
            "dos Santos,Cossa,Évora,Macuácua,Ferreira,da Silva,Soares,Neto,Ximenes,Gomes",
        ),
        "madagascar": (
            "Voahangy,Lalao,Hanitra,Mialy",
            "Hery,Tiana,Rivo,Solofo",
            "Rakotomalala,Andriamihaja,Razafindrakoto,Rabemananjara",
        ),
        "indian": (
            "Priya,Nadia,Sharmila,Anjali",
            "Vikash,Ravi,Yusuf,Jean-Marc",
            "Ramgoolam,Beeharry,Lagesse,Jugnauth,Appadoo",
        ),
        "west": (
            "Abena,Ngozi,Efua,Fatmata,Chioma,Ama,Mariama",
            "Kwame,Chukwuma,Kofi,Ibrahim,Tunde,Yaw,Emeka",
            "Mensah,Okafor,Boateng,Kamara,Adeyemi,Owusu,Sesay,Johnson,Weah-Tolbert,Bello",
        ),
        "sahel": (
            "Aminata,Fatoumata,Mariam,Aïssatou,Kadiatou,Hawa,Ramatou",
            "Moussa,Ousmane,Ibrahima,Mamadou,Seydou,Boubacar,Abdoulaye",
            "Diallo,Traoré,Ouédraogo,Ndiaye,Sow,Keïta,Camara,Mahamat,Issoufou,Sawadogo",
        ),
        "coast": (
            "Adjoa,Clarisse,Mireille,Bénédicte,Sandrine,Akissi,Reine",
            "Koffi,Serge,Hervé,Rodrigue,Blaise,Kouassi,Alain",
            "Kouamé,Agbodjan,Mbarga,Houngbédji,Ondo,Konan,Nguema,Essomba,Koné,Massamba",
        ),
        "arabic": (
            "Salma,Huda,Rania,Zeinab,Leila,Nour,Mariem,Samira",
            "Khaled,Omar,Youssef,Tarek,Hicham,Sami,Mustafa,Karim",
            (
                "El-Sayed,Haddadin,Ben Youssef,Al-Jubouri,Khoury,Benali,Mansour,Ould"
                " Sidi,Abdelrahman,Trabelsi"
            ),
        ),
        "caucasus": (
            "Anahit,Nino,Gohar,Tamar,Leyla,Mariam",
            "Tigran,Giorgi,Levan,Rashad,Armen,Elchin",
            "Petrosyan,Beridze,Mammadov,Kapanadze,Hakobyan,Aliyeva-Huseyn",
        ),
        "steppe": (
            "Aigul,Gulnara,Dinara,Madina,Nargiza,Saule",
            "Nurlan,Bakyt,Rustam,Timur,Azamat,Bat-Erdene",
            "Akhmetov,Sadykova,Nazarov,Karimov,Rakhimov,Toktogulov,Ganbold",
        ),
        "balkan": (
            "Elena,Jelena,Mirela,Ivana,Adela,Amra,Doina",
            "Marko,Arben,Goran,Emir,Igor,Nikola,Besnik",
            "Petrović,Hoxha,Stojanovski,Begić,Popescu,Marković,Rusu,Vujović",
        ),
        "south_asia": (
            "Farzana,Ayesha,Nasrin,Sadia,Mariyam,Shaheen",
            "Imran,Rafiq,Tariq,Kamrul,Ibrahim,Asif",
            "Rahman,Khan,Hossain,Ahmed,Chowdhury,Malik,Didi,Akhtar",
        ),
        "himalaya": (
            "Sita,Pema,Anjana,Dechen,Sabina",
            "Bikash,Tshering,Ramesh,Karma,Suresh",
            "Shrestha,Wangchuk,Adhikari,Dorji,Gurung,Tamang",
        ),
        "ceylon": (
            "Nadeesha,Kumari,Dilani,Shalini",
            "Nuwan,Chaminda,Suresh,Ruwan",
            "Perera,Fernando,Jayasuriya,Sivakumar,Wickramasinghe",
        ),
        "mekong": (
            "Sreymom,Ketsana,Lan,Siriporn,Thu Ha,Bopha",
            "Sokha,Somchai,Minh,Bounmy,Duc,Vannak",
            "Chea,Phommachanh,Nguyen,Srisuwan,Tran,Sok,Le,Keo",
        ),
        "malay": (
            "Siti,Dewi,Nurul,Rina,Aishah",
            "Budi,Agus,Farid,Hafiz,Dimas",
            "Wijaya,Santoso,Abdullah,Ismail,Pratama,Hidayat",
        ),
        "philippines": (
            "Maricel,Luz,Jennifer,Corazon",
            "Ramon,Jose Rizal,Arnel,Eduardo",
            "Santos,Reyes,Dela Cruz,Villanueva,Aquino-Lim",
        ),
        "chinese": ("李敏,王芳,张丽,陈静", "刘伟,赵强,杨磊,周涛", ""),
        "latin": (
            "María Fernanda,Lucía,Ana Lucía,Patricia,Gabriela,Carolina,Yesenia",
            "José Luis,Carlos,Juan Pablo,Rodrigo,Miguel Ángel,Jorge,Andrés",
            "Gutiérrez,Rojas,Castillo,Mendoza,Herrera,Vargas,Morales,Quispe,Benítez,Acosta,Pineda",
        ),
        "caribbean": (
            "Marcia,Shanelle,Camille,Denise,Kerry-Ann,Yvette",
            "Winston,Andre,Kevin,Curtis,Desmond,Trevor",
            "Charles,Baptiste,Joseph,Persaud,Campbell,Williams,Cadogan,Thomas,Ramdin",
        ),
        "haiti": (
            "Marie-Ange,Guerda,Nadège",
            "Jean-Robert,Wilner,Frantz",
            "Pierre-Louis,Desrosiers,Célestin,Toussaint",
        ),
        "pacific": (
            "Ana,Losalini,Mere,Teuila,Sina,Roselyn",
            "Tevita,Jone,Sione,Peni,John,Semi",
            "Tuisawau,Vakatora,Taufa,Leota,Kaltongga,Ngirmang,Tebano,Maelaua,Kila,Waqa",
        ),
    }.items()
}
