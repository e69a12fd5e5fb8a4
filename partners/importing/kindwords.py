"""Which kind of partner the words of a list mean. Keys are those of ``partners.models.Kind`` and ``Stage``."""

import re

KINDS = {
    "employer": "Employer",
    "intermediary": "Chamber, workforce board or industry association",
    "education": "Education or training provider",
    "community": "Community or social-service partner",
    "labor": "Labor organization",
}
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("labor", r"\b(union|labor org|labou?r|trades? council|apprenticeship committee|local \d+)\b"),
        ("intermediary", r"\b(chamber|workforce|intermediary|trade association|industry association|economic development|edc|wib)\b"),
        ("education", r"\b(education|school|college|university|training provider|technology center|career ?tech|higher ed|academy|postsecondary)\b"),
        ("community", (r"\b(non[ -]?profit|not[ -]for[ -]profit|community|charity|501 ?\(?c\)?|church|faith|social service|foundation|ngo|civic|"
         r"government|public agency|agency|municipal|museum|library)\b")),
        ("employer", (r"\b(employer|business|company|corporation|corp|llc|limited liability|partnership|for[ -]profit|private|industry|firm|"
         r"s-?corp|sole propriet\w*|self[ -]employed|independent contractor\w*|cooperative|professional association|joint venture|trust|esop|employee stock)")),
    )
)  # fmt: skip
STAGES = ("prospect", "contacted", "meeting", "committed", "active", "champion", "paused", "declined")
_STAGE_WORDS = {
    "lead": "prospect", "new": "prospect", "prospective": "prospect", "potential": "prospect", "identified": "prospect",
    "in contact": "contacted", "reached out": "contacted", "attempted to contact": "contacted", "connected": "contacted",
    "in discussion": "meeting", "met": "meeting", "in talks": "meeting", "negotiation": "meeting",
    "agreed": "committed", "signed": "committed", "pledged": "committed", "current": "active", "partner": "active",
    "engaged": "active", "yes": "active", "on hold": "paused", "inactive": "paused", "dormant": "paused",
    "no": "declined", "lost": "declined", "closed": "declined", "not interested": "declined", "refused": "declined",
}  # fmt: skip


def read_kind(cell: str) -> tuple[str, str]:
    """Return ``(kind, remark)``: “Non-profit” gives the community kind and says so; words unknown here give nothing."""
    text = cell.strip().lower()
    for kind, label in KINDS.items():
        if text in (kind, label.lower()):
            return kind, ""
    for kind, pattern in _WORDS:
        if pattern.search(cell):
            remark = "" if kind == "employer" else f"Kind “{cell[:60]}” matched to {KINDS[kind]}"
            return kind, remark
    return "", ""


# keys of partners.models.Source; words as the list of partners writes them stand first
_CHANNELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (channel, re.compile(pattern, re.I))
    for channel, pattern in (
        ("self", r"\b(registered themselves|self[ -]regist\w*|self|web ?form|website form|inbound)\b"),
        ("council", r"\b(council|advisory|committee|board member)\b"),
        ("intermediary", r"\b(intermediary|chamber|workforce|association)\b"),
        ("alumni", r"\b(alumni|alumnus|alumna|former student)\b"),
        ("referral", r"\b(referral|referred)\b"),
        ("event", r"\b(event|fair|conference|expo|trade show)\b"),
        ("cold", r"\b(cold|outreach|research)\b"),
        ("import", r"\b(import|list)\b"),
    )
)


def read_channel(cell: str) -> str:
    """Return the channel that a word means, or nothing."""
    return next((channel for channel, words in _CHANNELS if words.search(cell)), "")


def read_stage(cell: str) -> str:
    """Return the stage that a word means, or nothing."""
    text = cell.strip().lower()
    return text if text in STAGES else _STAGE_WORDS.get(text, "")
