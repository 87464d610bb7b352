"""The other Member States and observers, which ask in a large sample only: their programmes serve
all, and their people bear names of a few pools."""

from __future__ import annotations

from sample.places import PLACES, Place, places_of

# iso3, language, zone, names, city of meetings
LINES = """
AFG en Asia/Kabul south_asia Kabul
AND es Europe/Andorra latin Andorra la Vella
ARE ar Asia/Dubai arabic Abu Dhabi
ATG en America/Antigua caribbean Saint John’s
AUS en Australia/Sydney caribbean Canberra
AUT en Europe/Vienna balkan Vienna
BEL fr Europe/Brussels haiti Brussels
BGR en Europe/Sofia balkan Sofia
BHR ar Asia/Bahrain arabic Manama
BHS en America/Nassau caribbean Nassau
BLR ru Europe/Minsk steppe Minsk
BRB en America/Barbados caribbean Bridgetown
BRN en Asia/Brunei malay Bandar Seri Begawan
CAF fr Africa/Bangui coast Bangui
CAN en America/Toronto caribbean Ottawa
CHE fr Europe/Zurich haiti Bern
CHL es America/Santiago latin Santiago
CYP en Asia/Nicosia balkan Nicosia
CZE en Europe/Prague balkan Prague
DEU en Europe/Berlin balkan Berlin
DNK en Europe/Copenhagen balkan Copenhagen
DZA ar Africa/Algiers arabic Algiers
ERI en Africa/Asmara horn Asmara
ESP es Europe/Madrid latin Madrid
EST en Europe/Tallinn balkan Tallinn
FIN en Europe/Helsinki balkan Helsinki
FRA fr Europe/Paris haiti Paris
GBR en Europe/London caribbean London
GNQ es Africa/Malabo coast Malabo
GRC en Europe/Athens balkan Athens
HRV en Europe/Zagreb balkan Zagreb
HUN en Europe/Budapest balkan Budapest
IND en Asia/Kolkata south_asia New Delhi
IRL en Europe/Dublin caribbean Dublin
IRN en Asia/Tehran south_asia Tehran
ISL en Atlantic/Reykjavik balkan Reykjavík
ISR en Asia/Jerusalem balkan Jerusalem
ITA en Europe/Rome latin Rome
JPN en Asia/Tokyo malay Tokyo
KNA en America/St_Kitts caribbean Basseterre
KOR en Asia/Seoul mekong Seoul
KWT ar Asia/Kuwait arabic Kuwait City
LBY ar Africa/Tripoli arabic Tripoli
LIE en Europe/Vaduz balkan Vaduz
LTU en Europe/Vilnius balkan Vilnius
LUX fr Europe/Luxembourg haiti Luxembourg
LVA en Europe/Riga balkan Riga
MCO fr Europe/Monaco haiti Monaco
MLT en Europe/Malta latin Valletta
MMR en Asia/Yangon mekong Nay Pyi Taw
NIC es America/Managua latin Managua
NLD en Europe/Amsterdam balkan The Hague
NOR en Europe/Oslo balkan Oslo
NZL en Pacific/Auckland pacific Wellington
OMN ar Asia/Muscat arabic Muscat
POL en Europe/Warsaw balkan Warsaw
PRK en Asia/Pyongyang mekong Pyongyang
PRT pt Europe/Lisbon luso Lisbon
PSE ar Asia/Hebron arabic Ramallah
QAT ar Asia/Qatar arabic Doha
ROU en Europe/Bucharest balkan Bucharest
RUS ru Europe/Moscow steppe Moscow
SAU ar Asia/Riyadh arabic Riyadh
SGP en Asia/Singapore malay Singapore
SMR en Europe/San_Marino latin San Marino
SVK en Europe/Bratislava balkan Bratislava
SVN en Europe/Ljubljana balkan Ljubljana
SWE en Europe/Stockholm balkan Stockholm
SYC en Indian/Mahe indian Victoria
SYR ar Asia/Damascus arabic Damascus
TKM ru Asia/Ashgabat steppe Ashgabat
TTO en America/Port_of_Spain caribbean Port of Spain
TUR en Europe/Istanbul balkan Ankara
UKR en Europe/Kyiv steppe Kyiv
URY es America/Montevideo latin Montevideo
USA en America/New_York caribbean Washington
VAT en Europe/Vatican latin Vatican City
VEN es America/Caracas latin Caracas
YEM ar Asia/Aden arabic Sana’a
"""
MEMBER_PLACES: dict[str, Place] = PLACES | places_of(LINES)
