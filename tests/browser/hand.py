"""A person at a page, whose every input counts: a key pressed as a command, a click, a line typed, a file chosen."""

from pathlib import Path
from typing import Any


class Hand:
    """Wraps a page; `inputs` tells what was done, `count` how much."""

    def __init__(self, page: Any) -> None:
        self.page, self.inputs = page, []

    @property
    def count(self) -> int:
        return len(self.inputs)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.inputs.append(key)

    def type(self, text: str) -> None:
        """Into what has the focus, sign by sign, as shortcuts would hear it."""
        self.page.keyboard.type(text)
        self.inputs.append(f"“{text}”")

    def click(self, target: Any) -> None:
        name = target.inner_text().strip() or "the field"
        target.click()
        self.inputs.append(f"click {name}")

    def choose(self, target: Any, path: Path) -> None:
        """A file, dropped or chosen."""
        target.set_input_files(path)
        self.inputs.append(f"file {path.name}")

    def tell(self, story: str, most: int) -> None:
        """Print the count beside its bar, and hold it."""
        print(f"\n{story}: {self.count} inputs (bar {most}): {', '.join(self.inputs)}")
        assert self.count <= most, f"{story} took {self.count} inputs, more than {most}: {self.inputs}"
