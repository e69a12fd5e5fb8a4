"""Mail that came back: whose address, whether for good, and whether the address is to blame.

flufl.bounce knows the shapes of thirty years of mail servers and says which addresses failed and whether the server
gave up. Whether an address is closed for it (`hard`) is our own reading of the server's words: a full mailbox, a
policy, a blocked sender are no fault of the address. What only looks like a machine's report closes nothing.
"""

import re
from dataclasses import dataclass
from email.message import Message as Mail
from email.utils import parseaddr
from typing import Any

from flufl.bounce import all_failures

from wbl.mail import headers

LONGEST = 500_000  # bytes of a mail in which a report is looked for
DELAYED, SOFT, HARD, COMPLAINT = "delayed", "soft", "hard", "complaint"
_DAEMONS = re.compile(r"mailer.?daemon|postmaster|mail.?system|mail.?delivery|mdaemon|^majordomo", re.IGNORECASE)
# not the address: the mailbox's state, what the mail is, who sends it, the way there
_PASSING = re.compile(
    r"mailbox (?:is )?full|quota|5\.2\.2|mail storage|spam|\bube\b|policy|policies|black.?list|block(?:ed|list)|\brbl\b|reputation|spamhaus"
    r"|not verified|receiving mail at a rate|rate.?limit|deferred|\btls\b|\block\b|too many|sender (?:address )?rejected|send mail as"
    r"|authentication|client (?:host|ip)|invalid ip|compliant|multiple .{0,40}addresses|suspicious|try again|timed? ?out|expired"
    r"|lost connection|did not accept our requests|service not available|not reachable|transaction failed|too (?:large|big)"
    r"|system config|googlegroups|groups\.google|may not exist, or you may not have|\b[45]\.7\.\d|\b5\.1\.[78]\b|\b4\.[2347]\.\d",
    re.IGNORECASE,
)
# the address: nobody is there, or the place itself is not
_NOBODY = re.compile(
    r"user ?unknown|unknown (?:user|address|recipient)|no such (?:user|person|mailbox|account|address)|does(?: not|n['’]t) (?:exist|have an?)"
    r"|user not found|recip(?:ient)? ?not ?found|not a (?:valid|known)|invalid (?:recipient|address|mailbox)|address rejected|no mailbox"
    r"|mailbox (?:unavailable|not found)|disabled|discontinued|inactive|nxdomain|no mx|host not found|name service error"
    r"|domain name not found|domain .{0,60}doesn['’]t receive|unrouteable|host unknown|\b5\.1\.[1236]\b|\b5\.4\.1\b.{0,80}recipient",
    re.IGNORECASE,
)
_STILL_TRYING = re.compile(
    r"warning (?:message )?only|still being retried|will (?:be|keep) retr|delivery delayed", re.IGNORECASE
)
_AWAY = re.compile(
    r"(?:re: )?(?:out of (?:the )?office|automatic reply|auto.?reply|vacation|respuesta autom)", re.IGNORECASE
)
# where a report of our time has no form of its own: the address after a line that says so
_FAILED = re.compile(r"(?:final-recipient: rfc822;|following address(?:es)?\.?\s*<)\s*([^\s<>]+@[^\s<>]+)")
_GOOD = ("delivered", "deliverable", "relayed", "expanded")


@dataclass(frozen=True)
class Returned:
    """One address that a mail could not reach. `kind`: delayed, soft, hard or complaint; `words` the server's own."""

    address: str
    kind: str
    words: str = ""
    final: bool = True  # the server gave up


def read(mail: Mail) -> list[Returned]:
    """What a mail reports, an entry for each address; nothing for a mail that is no report. An address may be empty
    where the report names none."""
    if _is_complaint(mail):
        return [Returned("", COMPLAINT, "marked as spam")]
    blocks = list(_status_blocks(mail))
    if blocks and all(_field(b, "Action").lower().startswith(_GOOD) for b in blocks):
        return []
    waiting, failed = failures(mail)
    words, machine = _first_text(mail), bool(blocks) or _from_a_daemon(mail)
    if not machine and _is_away(mail):
        return []
    if machine and not (blocks or failed or waiting):
        failed = set(_FAILED.findall(words.lower())[:5])
    found = [_from_block(block) for block in blocks if not _field(block, "Action").lower().startswith(_GOOD)]
    known = {one.address for one in found}
    closes = _kind(words, "", default=HARD) if machine else SOFT  # a person may have forwarded a report
    found += [Returned(a, closes, _short(words)) for a in sorted(failed - known)]
    found += [Returned(a, DELAYED, _short(words), final=False) for a in sorted(waiting - known - failed)]
    return found


def is_automatic(mail: Mail) -> bool:
    """A vacation notice or another machine's mail (RFC 3834), which answers nothing."""
    bulk = headers.text(mail, "Precedence").strip().lower() in ("auto_reply", "bulk", "junk")
    return _said(mail) != "no" or bulk or _is_away(mail)


def _said(mail: Mail) -> str:
    return headers.text(mail, "Auto-Submitted").split(";")[0].strip().lower() or "no"


def _is_away(mail: Mail) -> bool:
    marked = any(name in mail for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From", "X-AutoReply-From"))
    away = _AWAY.match(headers.text(mail, "Subject").strip())
    return _said(mail).startswith("auto-replied") or marked or bool(away)


def failures(mail: Mail) -> tuple[set[str], set[str]]:
    """(still being tried, given up), as the mail's shape tells."""
    try:
        waiting, failed = all_failures(mail)
    except Exception:  # a report that breaks its own form
        return set(), set()
    return {_text(a) for a in waiting}, {_text(a) for a in failed}


def _text(address: Any) -> str:
    return (address.decode("utf-8", "replace") if isinstance(address, bytes) else str(address)).lower()


def _is_complaint(mail: Mail) -> bool:
    """RFC 5965, or a provider's mail that says so in its subject."""
    if any(part.get_content_type() == "message/feedback-report" for part in mail.walk()):
        return True
    return headers.text(mail, "Subject").lower().startswith("complaint about message from")


def _status_blocks(mail: Mail) -> list[Mail]:
    """The blocks of RFC 3464 reports, one for each recipient."""
    found: list[Mail] = []
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            content = part.get_payload()
            found += [b for b in content if isinstance(b, Mail)] if isinstance(content, list) else []
    return [b for b in found if _field(b, "Action") or _field(b, "Final-Recipient") or _field(b, "Original-Recipient")]


def _field(block: Mail, name: str) -> str:
    return " ".join(str(block.get(name, ""))[:5_000].split())


def _from_block(block: Mail) -> Returned:
    address = parseaddr((_field(block, "Original-Recipient") or _field(block, "Final-Recipient")).rpartition(";")[2])[1]
    said, status = _field(block, "Diagnostic-Code"), _field(block, "Status")
    action = _field(block, "Action").lower()
    kind = DELAYED if action.startswith("delay") else _kind(said, status, default=SOFT)
    return Returned(address.lower(), kind, _short(said or status), final=kind != DELAYED)


def _kind(words: str, status: str, *, default: str) -> str:
    if _STILL_TRYING.search(words):
        return DELAYED
    if _PASSING.search(words) and not re.search(r"nxdomain|user unknown", words, re.IGNORECASE):
        return SOFT
    if _NOBODY.search(words) or _NOBODY.search(status):
        return HARD
    if status.startswith("4") or _PASSING.search(status):
        return SOFT
    return HARD if status.startswith("5.1") else default


def _from_a_daemon(mail: Mail) -> bool:
    return bool(_DAEMONS.search(headers.text(mail, "From"))) or headers.text(mail, "Return-Path").strip() == "<>"


def _first_text(mail: Mail) -> str:
    """What the server wrote, without the mail that it returns."""
    for part in mail.walk():
        if part.get_content_maintype() == "text" and not part.is_multipart():
            content = part.get_payload(decode=True)
            text = (content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content))[:20_000]
            head = re.split(
                r"(?i)(?<!-)-{3,}+ ?(?:original message|below this line)|^received: ",
                text,
                maxsplit=1,
                flags=re.MULTILINE,
            )[0]
            return head[:3000]
    return ""


def _short(words: str) -> str:
    return headers.clean(" ".join(words.split()))[:200]


def parsed(raw: bytes) -> Mail:
    """As flufl.bounce wants it: with Python's lenient policy. It reads line by line, so what a report returns is cut."""
    return headers.read_leniently(raw[:LONGEST])
