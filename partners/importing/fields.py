"""Where a column of a list can go: the fields of an organization, of its place and of its contacts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One target of a column. ``many`` columns may share it; ``of`` names the group in the choice."""

    key: str
    label: str
    of: str
    many: bool = False


ORGANIZATION, PLACE, CONTACT, OTHER = "Organization", "Address", "Contact", "Other"
NOTE, LEFT = "note", ""

FIELDS = (
    Field("org_name", "Organization name", ORGANIZATION),
    Field("org_id", "wbl ID (of an exported list)", ORGANIZATION),
    Field("org_kind", "Kind of partner", ORGANIZATION),
    Field("org_phone", "Organization phone", ORGANIZATION, many=True),
    Field("org_email", "Organization email", ORGANIZATION, many=True),
    Field("org_website", "Website", ORGANIZATION, many=True),
    Field("org_industry", "Industry", ORGANIZATION),
    Field("org_naics", "NAICS code", ORGANIZATION),
    Field("org_size", "Number of employees", ORGANIZATION),
    Field("org_source", "Who referred them", ORGANIZATION),
    Field("org_channel", "Found through", ORGANIZATION),
    Field("org_parent", "Parent company", ORGANIZATION),
    Field("org_stage", "Stage", ORGANIZATION),
    Field("org_owner", "Owner (colleague)", ORGANIZATION),
    Field("org_tags", "Tags", ORGANIZATION, many=True),
    Field("site_name", "Name of the site", PLACE),
    Field("address1", "Street address", PLACE),
    Field("address2", "Address, second line", PLACE, many=True),
    Field("city", "City", PLACE),
    Field("state", "State", PLACE),
    Field("zip", "ZIP code", PLACE),
    Field("contact_name", "Full name", CONTACT),
    Field("contact_first", "First name", CONTACT),
    Field("contact_middle", "Middle name", CONTACT),
    Field("contact_last", "Last name", CONTACT),
    Field("contact_suffix", "Suffix (Jr., PhD)", CONTACT),
    Field("contact_prefix", "Prefix (Dr., Ms.)", CONTACT),
    Field("contact_goes_by", "Goes by", CONTACT),
    Field("contact_title", "Job title", CONTACT),
    Field("contact_department", "Department", CONTACT),
    Field("email", "Email", CONTACT, many=True),
    Field("phone", "Phone", CONTACT, many=True),
    Field("contact_mobile", "Mobile phone", CONTACT, many=True),
    Field("phone_extension", "Phone extension", CONTACT),
    Field("contact_prefers", "Preferred channel", CONTACT),
    Field("contact_best_time", "Best time", CONTACT),
    Field("contact_language", "Language", CONTACT),
    Field("contact_school", "Alumni: school", CONTACT),
    Field("contact_class", "Alumni: class of", CONTACT),
    Field("contact_stop", "Do not contact", CONTACT),
    Field("contact_notes", "Notes about the contact", CONTACT, many=True),
    Field(NOTE, "Keep as a note", OTHER, many=True),
)
"""Every target. A plain ``email`` or ``phone`` belongs to the person of the row, else to the organization."""

BY_KEY = {field.key: field for field in FIELDS}
NAMES = ("org_name", "contact_name", "contact_first", "contact_last", "email")
"""A list must fill one of these, or no row of it can be told from another."""

LABEL = "label"
"""Target of a column that says what the next one is (Google's “Phone 2 - Label”); guessed, never chosen."""
