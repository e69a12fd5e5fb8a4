"""Numbers in Spanish as Spanish is written in the US: 3.5 hours, $18.40.

Django's Spanish is Spain's, with a decimal comma, which in an SVG attribute is no number: x="115,0" is drawn at 0.
What stands here wins over Django's; all else (names of days, orders of dates) stays.
"""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
