"""Numbers in Chinese: thousands apart by a comma (GB/T 15835 and CLDR); dates as Django has them."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
