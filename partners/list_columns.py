"""Columns of the partner list that tell of its first contact. Their headings in a file are those that an import knows."""

from collections.abc import Callable
from typing import Any

from partners.list_extras import with_extension
from partners.models import Channel, Contact
from wbl.web.choices import words_of
from wbl.web.lists import Column

LANGUAGES = dict(Contact._meta.get_field("language").flatchoices)  # type: ignore[union-attr]


def _of_person(key: str, label: str, value: Callable[[Any], Any], heading: str = "") -> Column:
    """Not shown until chosen; `heading` is what an import calls it, where the list has another word."""
    return Column(key, label, value=lambda row: value(row.person), heading=heading or label, shown=False)


PERSON_COLUMNS = (
    _of_person("contact", "Contact", lambda person: person.name, "Contact name"),
    _of_person("contact_title", "Contact’s title", lambda person: person.title, "Contact title"),
    _of_person("contact_email", "Contact’s email", lambda person: person.email, "Contact email"),
    _of_person("contact_emails", "Contact’s other emails", lambda person: person.other_emails, "Contact email 2"),
    _of_person(
        "contact_phone",
        "Contact’s phone",
        lambda person: with_extension(person.phone, person.phone_ext),
        "Contact phone",
    ),
    _of_person("contact_mobile", "Contact’s mobile", lambda person: person.mobile, "Contact mobile"),
    _of_person("contact_phones", "Contact’s other phones", lambda person: person.other_phones, "Contact phone 2"),
    _of_person("prefers", "Prefers", lambda person: words_of(Channel).get(person.prefers, ""), "Preferred channel"),
    _of_person("best_time", "Best time", lambda person: person.best_time),
    _of_person("language", "Language", lambda person: str(LANGUAGES.get(person.language, ""))),
    _of_person("alumni_school", "Alumni of", lambda person: person.alumni_school, "Alumni school"),
    _of_person("alumni_year", "Class of", lambda person: person.alumni_year or ""),
    _of_person("stop", "Do not contact", lambda person: "Yes" if person.do_not_contact else ""),
)
