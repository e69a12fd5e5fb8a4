from wbl.mail.categories import Category
from wbl.mail.models.messages import Message, MessageEvent, State
from wbl.mail.models.received import DropBox, IncomingFile, IncomingMail
from wbl.mail.models.rules import Rule
from wbl.mail.models.stops import OptOut, Suppression
from wbl.mail.models.templates import MailSettings, MailTemplate

__all__ = [
    "Category",
    "DropBox",
    "IncomingFile",
    "IncomingMail",
    "MailSettings",
    "MailTemplate",
    "Message",
    "MessageEvent",
    "OptOut",
    "Rule",
    "State",
    "Suppression",
]
