"""Headers of mail that anybody may have written: Python's parser gives up on some of them with an error of its own."""

from collections.abc import Iterable
from email.message import Message as Mail
from email.utils import getaddresses, parseaddr


def text(mail: Mail, name: str) -> str:
    """A header in words; as it came where it can't be read, nothing where it is not there."""
    return next(iter(_texts(mail, name)), "")


def address(mail: Mail, name: str) -> tuple[str, str]:
    """(name, address) of the first one in a header."""
    return parseaddr(text(mail, name))


def addresses(mail: Mail, names: Iterable[str]) -> list[str]:
    """All addresses of these headers."""
    return [found for _name, found in getaddresses([each for name in names for each in _texts(mail, name)])]


def _texts(mail: Mail, name: str) -> list[str]:
    try:
        return [str(value) for value in mail.get_all(name, [])]
    except Exception:  # IndexError, AttributeError …: the parser's own, on what is no header
        wanted = name.lower()
        return [" ".join(str(raw).split()) for key, raw in mail.raw_items() if key.lower() == wanted]
