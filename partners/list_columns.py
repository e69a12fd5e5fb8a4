"""Columns of the partner list that tell of its first contact. Their headings in a file are those that an import knows."""

from partners.list_extras import with_extension
from partners.models import Channel, Contact
from wbl.web.choices import words_of
from wbl.web.lists import Column

LANGUAGES = dict(Contact._meta.get_field("language").flatchoices)  # type: ignore[union-attr]

PERSON_COLUMNS = (
    Column("contact", "Contact", value=lambda row: row.person.name, heading="Contact name", shown=False),
    Column(
        "contact_title", "Contact’s title", value=lambda row: row.person.title, heading="Contact title", shown=False
    ),
    Column(
        "contact_email", "Contact’s email", value=lambda row: row.person.email, heading="Contact email", shown=False
    ),
    Column(
        "contact_emails",
        "Contact’s other emails",
        value=lambda row: row.person.other_emails,
        heading="Contact email 2",
        shown=False,
    ),
    Column(
        "contact_phone",
        "Contact’s phone",
        value=lambda row: with_extension(row.person.phone, row.person.phone_ext),
        heading="Contact phone",
        shown=False,
    ),
    Column(
        "contact_mobile",
        "Contact’s mobile",
        value=lambda row: row.person.mobile,
        heading="Contact mobile",
        shown=False,
    ),
    Column(
        "contact_phones",
        "Contact’s other phones",
        value=lambda row: row.person.other_phones,
        heading="Contact phone 2",
        shown=False,
    ),
    Column(
        "prefers",
        "Prefers",
        value=lambda row: words_of(Channel).get(row.person.prefers, ""),
        heading="Preferred channel",
        shown=False,
    ),
    Column("best_time", "Best time", value=lambda row: row.person.best_time, shown=False),
    Column("language", "Language", value=lambda row: str(LANGUAGES.get(row.person.language, "")), shown=False),
    Column(
        "alumni_school", "Alumni of", value=lambda row: row.person.alumni_school, heading="Alumni school", shown=False
    ),
    Column("alumni_year", "Class of", value=lambda row: row.person.alumni_year or "", shown=False),
    Column("stop", "Do not contact", value=lambda row: "Yes" if row.person.do_not_contact else "", shown=False),
)
