"""What values stand for, as words: looked up by the thousand, so each language's are made once."""

from functools import lru_cache
from typing import Any

from django.db.models import Choices
from django.utils.translation import get_language


def words_of(choices: type[Choices]) -> dict[Any, str]:
    """Value to label, in the language of the moment: `words_of(Stage)["active"]`."""
    return _words(choices, get_language())


@lru_cache(maxsize=500)
def _words(choices: type[Choices], _language: str | None) -> dict[Any, str]:
    return {value: str(label) for value, label in choices.choices}
