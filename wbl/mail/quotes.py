"""What somebody wrote in an answer, apart from what their mail program quoted below or above it."""

import html
import re
from html.parser import HTMLParser

_MARK = "\x00quoted\x00"
# the line (or two) that a mail program puts before what it quotes
_BEGINS = re.compile(
    r"^(?:"
    r"(?:>\s?)?On\b.{4,200}?\bwrote:?"  # Gmail, Apple, Thunderbird; may run over a line's end
    r"|(?:El|Le|Am|Il|Em|Op)\b.{4,200}?\b(?:escribió|a écrit|schrieb|ha scritto|escreveu|schreef)\s?:"
    r"|.{0,60}\d{1,2}[.:]\d{2}.{0,120}<[^<>\s@]{1,64}@[^<>\s@]{1,255}>:?"  # date, hour, name and address: Mail.ru, Yandex
    r"|-{2,} ?(?:Original|Forwarded|Mensaje original|Reenviado).{0,20}-{2,}"
    r"|-{3,} On .{4,200}? wrote:"
    r"|_{10,}"
    r"|\*?(?:From|De)\*?: .{0,200}\n(?:\*?(?:Sent|Date|To|Enviado|Fecha|Para|Cc)\*?: .*\n?){1,4}"
    r")[ \t]{0,80}$",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_LINE_WITH_ADDRESS = re.compile(r".{0,200}:$")
LONGEST = 1_000_000  # characters that are looked at: what is kept of a mail is a tenth of it
# what has no words for us, and what makes Python's HTMLParser read a text anew for each of its signs
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_WORDS = re.compile(r"<[!?][^<>]*>?|<[^<>]{5000,}>")
_NO_TAG = re.compile(r"<(?![a-zA-Z/][^<>]*>)")
_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol", "hr"}


def parted(text: str) -> tuple[str, str]:
    """(what they wrote, what they quoted). An answer below the quote is what they wrote; nothing is lost."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    own, quoted = _cut(text)
    if own.strip() or not quoted.strip():
        return own.strip("\n "), quoted.strip("\n")
    lines = quoted.split("\n")[1:]  # everything stands below the line that begins the quote
    below = [line for line in lines if not line.startswith(">")]
    if any(line.startswith(">") for line in lines) and "".join(below).strip():
        rest = [line for line in lines if line.startswith(">")]
        return "\n".join(below).strip(), "\n".join(rest)
    return quoted.strip(), ""


def _cut(text: str) -> tuple[str, str]:
    text = text.replace("\x00", "") if _MARK not in text else text
    if _MARK in text:
        own, _, quoted = text.partition(_MARK)
        head = own.rstrip().rsplit("\n", 1)
        if len(head) == 2 and _LINE_WITH_ADDRESS.fullmatch(head[1].strip()):  # “On Monday Ben wrote:”
            own, quoted = head[0], f"{head[1]}\n{quoted}"
        early, also = _by_lines(own)
        return early, "\n".join(part for part in (also, quoted.replace(_MARK, "")) if part)
    return _by_lines(text)


def _by_lines(text: str) -> tuple[str, str]:
    begins = found.start() if (found := _BEGINS.search(text)) else len(text)
    at = min(begins, _last_quote(text))
    return text[:at], text[at:]


def _last_quote(text: str) -> int:
    """Where the block of quoted and blank lines begins that the text ends with; its end when nothing there is quoted.

    Line by line and not by a regex, which would try every way to share out a run of blank lines.
    """
    at, quoted = len(text), False
    for line in reversed(re.split(r"(?<=\n)", text)):
        if not line.startswith(">") and (line.strip() or not line.endswith("\n")):
            break
        at, quoted = at - len(line), quoted or line.startswith(">")
    return at if quoted else len(text)


class _Text(HTMLParser):
    """HTML as text with its lines; where a program begins to quote stands a mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "title", "head"):
            self.silent += 1
        if tag in _BREAKS:
            self.out.append("\n")
        said = {name: value or "" for name, value in attrs}
        classes = said.get("class", "")
        outlook = "border-top:solid #" in said.get("style", "").replace(" ", "").replace("solid#", "solid #")
        if tag == "blockquote" or "gmail_quote" in classes or said.get("id") == "divRplyFwdMsg" or outlook:
            self.out.append(_MARK)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title", "head"):
            self.silent = max(0, self.silent - 1)
        if tag in ("p", "div", "tr", "li"):
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def text_of_html(source: str) -> str:
    """The words of a HTML part, quotes marked for `parted`."""
    parser = _Text()
    source = _NO_TAG.sub("&lt;", _NO_WORDS.sub(" ", _COMMENT.sub(" ", source[:LONGEST].replace("\x00", ""))))
    try:
        parser.feed(source)
        parser.close()
    except Exception:  # what is no HTML at all
        return html.unescape(re.sub(r"<[^<>]*>", " ", source))
    lines = (line.strip(" \t\xa0") for line in "".join(parser.out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
