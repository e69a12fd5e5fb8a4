"""From the words of a header to the field it means."""

import re

from rapidfuzz.distance import OSA

from partners.importing.fields import LABEL
from partners.names import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_JOINED = (
    (re.compile(r"\be mails?\b|\bemails\b|\bemail addresse?s?\b|\bmail\b(?! stop| address)"), "email"),
    (re.compile(r"\bweb (?=site|page)"), "web"),
    (re.compile(r"\bpost ?code\b|\bpostal code\b|\bzip code\b|\bzip postal( code)?\b|\bzipcode\b"), "zip"),
    (re.compile(r"\btele ?phone\b|\btel\b|\bph\b"), "phone"),
    (re.compile(r"\borganisation\b|\borg\b"), "organization"),
    (re.compile(r"\bno\b|\bnumber\b|\bnbr\b|\bnum\b(?= |$)"), "number"),
)


def words(header: str) -> str:
    """Return a header's words in one spelling: ``"E-mail 1 - Value"`` is ``"email 1 value"``."""
    text = _NOT_WORD.sub(" ", fold(_CAMEL.sub(" ", header.replace("#", " number ")))).strip()
    for pattern, word in _JOINED:
        text = pattern.sub(word, text)
    return text


NEVER = re.compile(
    r"\b(fax|pager|telex|isdn|callback|radio|tty|assistant|spouse|birthday|anniversary|photo|yomi|phonetic|file as|"
    r"display name|email type|email \d type|create date|created|modified|updated|lead status|home (street|city|state|zip|address|"
    r"phone|fax|country)|other (street|city|state|zip|phone|fax|country|address)|latitude|longitude|record id|company ids|directory server|po box|initials|maiden|gender|hobby|children|relation|"
    r"event|custom field|account start|start date|end date|parent account|government id)\b|\bids?$"
)
"""Headers that look like a field and are another thing. They are shown as not taken over, never guessed."""

SECOND_CHOICE = re.compile(r"\b(mailing|home|other|billing|shipping|alternate|alt|secondary|registered)\b")

_RULES: tuple[tuple[str, str, int], ...] = (
    # pattern, field, strength (higher wins one column over another)
    (r"(email|phone|address|website|organization|event|relation) ?\d* (label|type)", LABEL, 9),
    ((r"(company|organization|business|firm|employer|partner|agency|account|facility|district|institution|vendor|"
     r"member|sponsor|host|site|store|trade|dba|doing business as|legal)( or organization)?( \d+)? name|business|company|firm|"
     r"organization( 1)?|employer|firma|empresa|societe|entreprise|unternehmen|azienda|associated company|business partner|"
     r"partner|company organization|host site|work ?site|industry partner|organization( 1)? name|"
     r"name of (business|company|organization|employer|firm)|company or organization"), "org_name", 9),
    (r"account", "org_name", 3),
    ((r"name of contact|contact( person)?( \d+)?( full)? name|contact person|contact|full name|primary contact( name)?|"
     r"point of contact|poc|contact full name|person|supervisor( name)?|administrator|superintendent|principal|"
     r"ansprechpartner|nombre completo|contacto|representative( name)?|owner name|manager( name)?|attendee|director"), "contact_name", 8),
    (r"(contact )?(first|given|fore|christian)( name)?( of contact)?|contact first( name)?|fname|vorname|prenom|nombre|first name", "contact_first", 9),
    (r"(contact )?(last|family|sur|second)( name)?( of contact)?|surname|contact last( name)?|lname|nachname|apellidos?|nom|nom de famille|last name",
     "contact_last", 9),
    (r"(contact )?middle( name| initial)?|additional name|mi|segundo nombre", "contact_middle", 9),
    (r"(name )?suffix", "contact_suffix", 9),
    (r"(name )?prefix|salutation|honorific|courtesy title|anrede", "contact_prefix", 7),
    (r"nickname|goes by|preferred name|known as", "contact_goes_by", 8),
    ((r"(job|position|contact|organization( \d+)?|occupation|work|person s?)? ?title|position|role|job|cargo|puesto|funktion|fonction|poste|"
     r"organization( 1)? title|contact position"), "contact_title", 7),
    (r"department|organization( 1)? department|dept|abteilung|departamento", "contact_department", 8),
    (r"(company|general|main|office|organization|business|info) email", "org_email", 8),
    ((r"(contact |work |business |primary |personal |person )?email( address)?( ?\d+)?( value| address)?( of contact)?|"
     r"correo( electronico)?|courriel|primary email|\w+ s email"), "email", 8),
    (r"(company main|main|company|general|organization|switchboard|front desk|toll free|headquarters|school|store|facility) phone( number)?|main number",
     "org_phone", 9),
    (r"(contact |work )?(mobile|cell|cellular)( phone)?( number)?|handy|movil|portable|phone mobile|cellphone", "contact_mobile", 9),
    ((r"(contact |work |business |office |direct |primary |home |day ?time )?phone( ?\d+)?( number)?( ?\d+)?( value)?|telefono|telefon|"
     r"telefonnummer|business phone \d|direct( dial| line)?|work number|phone work|telephone|contact number"), "phone", 8),
    (r"(phone |work )?ext(ension)?( number)?", "phone_extension", 8),
    (r"(company |business |organization |work |contact )?(website|webpage|url|homepage|web|internet|site web|pagina web|domain)( ?\d+)?( url| address| value)?|company domain name|www",
     "org_website", 7),
    ((r"(business |mailing |physical |work |company |organization |site |location |shipping |billing |street |primary |office |delivery )?"
     r"(street )?(address|street|addr)( ?1)?( ?line ?1| street)?( 1| address)?|address line 1|address \d street|strasse|direccion|adresse|domicilio|calle|rue"),
     "address1", 7),
    ((r"(business |mailing |physical |work |street |billing )?(street|address)( line)? ?[23]|address line [23]|suite|unit|apt|building|"
     r"address \d extended address|suite number|floor"), "address2", 8),
    (r"(business |mailing |physical |work |address \d |site |company |billing |office )?(city|town|city town|municipality|ort|ciudad|ville|stadt|locality)",
     "city", 8),
    ((r"(business |mailing |physical |work |address \d |site |company |billing |office )?(state|st|province|state province|state region|region|"
     r"bundesland|estado|us state|state code)"), "state", 8),
    (r"(business |mailing |physical |work |address \d |site |company |billing |office )?(zip|zip ?5|zip ?\d|plz|codigo postal|code postal|postal)( ?4| plus 4)?",
     "zip", 8),
    (r"naics( code)?( \d+| 2022| 2017)?|primary naics( code)?", "org_naics", 9),
    ((r"industry( sector| type| name)?|sector|line of business|business category|category|classification|branche|giro|"
     r"naics (title|description)|type of business|business description|career cluster"), "org_industry", 6),
    ((r"(partner |organization |business |company |account )?(kind|type)|kind of (partner|organization)|organization category|entity type|"
     r"business type"), "org_kind", 6),
    ((r"(number of )?employees( number)?|employee count|head ?count|(company |business )?size|staff (size|count)|jobs( retained| reported)?|"
     r"total employees|number employees"), "org_size", 7),
    (r"tags?|labels?|groups?|group membership|categories|keywords|interests", "org_tags", 6),
    (r"(lead |contact |referral )?source|referred by|how (did )?(you|they) hear.*", "org_source", 7),
    (r"(pipeline |partner(ship)? |engagement )?(stage|phase)|status|partner(ship)? status", "org_stage", 6),
    (r"(account |contact |partner |relationship |lead |record )?owner|relationship manager|assigned to|responsible", "org_owner", 7),
    (r"contact notes?|notes about contact", "contact_notes", 7),
    (r"(contact s? ?)?(prefers|(preferred|best|favou?rite) (contact )?(channel|method|way)( of contact| to (contact|reach)( them)?)?|contact (preference|method|channel)|preferred contact)",
     "contact_prefers", 8),
    (r"(contact s? ?)?(best|preferred) time( to (call|contact|reach)( them)?)?|when to (call|contact|reach)( them)?", "contact_best_time", 8),
    (r"(contact s? ?)?(preferred |spoken |mail )?language|idioma|sprache", "contact_language", 7),
    (r"(contact s? ?)?alumni( school| of)?|alma mater|went to school at|(high school|school) attended|graduated from", "contact_school", 8),
    (r"(contact s? ?)?(alumni |graduation |grad )(class|year)|class of|year (graduated|of graduation)|alumni class of", "contact_class", 8),
    (r"(contact s? ?)?(do not (contact|call|email|mail)|opt(ed)? ?out|dnc|unsubscribed)", "contact_stop", 9),
    (r"parent( (company|organization|firm))?( name)?|belongs to|headquarters company|mother company", "org_parent", 8),
    (r"found through|(source )?channel|how (we )?found( them)?", "org_channel", 8),
    (r"(location|plant|branch) name|name of (the )?(site|location|plant|branch)", "site_name", 6),
    (r"notes?( \d+)?|comments?|remarks?|description|memo|notas|bemerkung(en)?|notizen|observaciones", "note", 6),
    (r"name|names", "name", 5),
    (r"(facility|school|district|agency|store|shop|club|church|university|college|hospital)", "org_name", 4),
)  # fmt: skip
RULES = tuple((re.compile(pattern), target, strength) for pattern, target, strength in _RULES)


def meaning(header: str) -> tuple[str, int]:
    """Return ``(field, strength)``; ``("name", 5)`` for a bare “Name” and ``("", 0)`` for words without a meaning here."""
    text = words(header)
    if text == "wbl id":
        return "org_id", 9
    if not text or (NEVER.search(text) and not re.fullmatch(r"(email|phone) ?\d* type", text)):
        return "", 0
    for pattern, target, strength in RULES:
        if pattern.fullmatch(text):
            weaker = 2 if SECOND_CHOICE.search(text) else 0
            return target, strength - weaker
    return "", 0


_OFTEN = (
    *("company", "company name", "business name", "organization", "organization name", "employer", "partner"),
    *(
        "contact",
        "contact name",
        "contact person",
        "first name",
        "last name",
        "full name",
        "title",
        "job title",
        "position",
    ),
    *("email", "email address", "phone", "phone number", "telephone", "mobile", "mobile phone", "website", "address"),
    *("street address", "postal code", "industry", "employees", "number of employees", "category", "department"),
    *("owner", "referred by", "source", "status", "notes", "comments", "description", "preferred channel", "best time"),
    *("language", "parent company", "found through", "do not contact", "alumni", "extension", "tags"),
)


def nearly(header: str) -> tuple[str, int]:
    """The same for a header that is misspelt: a letter wrong in a short word, two in a longer one ("Refered by", "Ownr").

    The first letter is right and a short word isn't merely another one of its length ("owned"); two meanings that are
    equally near give none.
    """
    text = words(header)
    if len(text) < 4 or NEVER.search(text):
        return "", 0
    near: dict[int, set[str]] = {}
    for word in _OFTEN:
        far = OSA.distance(text, word)
        swapped = len(text) != len(word) or sorted(text) == sorted(word)
        if word[0] == text[0] and ((far == 1 and (swapped or len(word) > 6)) or (far == 2 and len(word) > 8)):
            near.setdefault(far, set()).add(meaning(word)[0])
    found = near[min(near)] if near else set()
    return (found.pop(), 4) if len(found) == 1 else ("", 0)
