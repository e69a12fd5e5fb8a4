"""What must hold for a page as it is shown: in both themes, on a laptop and on a phone."""

from typing import Any

from wbl.local.browser import violations

COLOURS = ("color-contrast",)
# What may differ where a page is narrow: the rest of axe's rules reads the same tree twice.
OF_A_WIDTH = (
    "target-size",
    "scrollable-region-focusable",
    "link-in-text-block",
    "region",
    "page-has-heading-one",
    "heading-order",
    "skip-link",
    "link-name",
    "button-name",
    "label",
)
# What a contrast is made of: each text's colour on what lies behind it, and how large it is. axe needs a second a page
# to work that out; a page that shows no pair which was not judged before need not be asked again.
PAIRS = """() => {
  const pairs = new Set();
  const clear = colour => colour === 'transparent' || colour.endsWith(', 0)') || colour.endsWith('/ 0)');
  const behind = el => {
    const layers = [];
    for (let at = el; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') layers.push(style.backgroundImage.slice(0, 200));
      if (style.opacity !== '1') layers.push(style.opacity);
      if (!clear(style.backgroundColor)) layers.push(style.backgroundColor);
      if (/^rgb\\(/.test(style.backgroundColor)) break;
    }
    return layers.join(' over ');
  };
  for (const el of document.body.querySelectorAll('*')) {
    const text = [...el.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!(text || el.matches('input, select, textarea')) || !el.checkVisibility()) continue;
    const style = getComputedStyle(el);
    pairs.add([style.color, style.fontSize, style.fontWeight, behind(el)].join('; '));
  }
  return [...pairs];
}"""
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
SKELETON = """() => {
  const shown = el => el.checkVisibility();
  const ids = [...document.querySelectorAll('[id]')].map(el => el.id);
  return {
    title: document.title.replace(/\\s+/g, ' ').trim(),
    h1: [...document.querySelectorAll('h1')].filter(shown).length,
    twice: ids.filter((id, n) => ids.indexOf(id) !== n),
    nowhere: [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href'))
      .filter(href => href.length > 1 && !document.getElementById(decodeURIComponent(href.slice(1)))),
    icons: [...document.querySelectorAll('use')].map(use => use.href.baseVal).filter(href => !href.startsWith('#')),
  };
}"""
# The widest thing that sticks out, so that the report names it.
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - room;
  if (over <= 0) return '';
  const out = [...document.querySelectorAll('body *')].filter(el => el.getBoundingClientRect().right > room + 1);
  const worst = out.find(el => ![...el.children].some(child => out.includes(child)));
  return `${over} px sideways: ${worst ? worst.outerHTML.slice(0, 160) : 'unknown'}`;
}"""


class Looker:
    """One window; `look(url)` says what is wrong there."""

    def __init__(self, page: Any, icons: set[str]) -> None:
        self.page, self.icons, self.wrong = page, icons, []
        self.judged: set[str] = set()
        page.on("console", self.said)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))

    def said(self, line: Any) -> None:
        if line.type in ("error", "warning"):
            self.wrong.append(f"console: {line.text} {line.location.get('url', '')}")

    def look(self, url: str) -> list[str]:
        self.wrong = []
        self.page.set_viewport_size(LAPTOP)
        self.theme("light")
        answer = self.page.goto(url)
        if answer.status != 200:
            self.wrong.append(f"status {answer.status}")
        self.skeleton(self.page.evaluate(SKELETON))
        self.judge("light", violations(self.page, but=() if self.unjudged() else COLOURS))
        self.theme("dark")
        if self.unjudged():
            self.judge("dark", violations(self.page, rules=COLOURS))
        self.theme("light")
        self.page.set_viewport_size(PHONE)
        if over := self.page.evaluate(SIDEWAYS):
            self.wrong.append(over)
        self.judge("light 360", violations(self.page, rules=OF_A_WIDTH + COLOURS * self.unjudged()))
        return [f"{url}: {each}" for each in self.wrong]

    def theme(self, name: str) -> None:
        """As the system would ask for it; colours on their way to it are put at its end."""
        self.page.emulate_media(color_scheme=name, reduced_motion="reduce")
        self.page.evaluate("() => document.getAnimations().forEach(each => each.finish())")

    def unjudged(self) -> bool:
        """Whether a text stands here in a colour, on a ground, in a size that no page before has shown."""
        pairs = set(self.page.evaluate(PAIRS))
        new = pairs - self.judged
        self.judged |= pairs
        return bool(new)

    def judge(self, where: str, found: list[str]) -> None:
        self.wrong += [f"{where}: {each}" for each in found if f"light: {each}" not in self.wrong]

    def skeleton(self, page: dict[str, Any]) -> None:
        if not page["title"]:
            self.wrong.append("no title")
        if page["h1"] != 1:
            self.wrong.append(f"{page['h1']} h1")
        if page["twice"]:
            self.wrong.append(f"the same id twice: {page['twice'][:3]}")
        if page["nowhere"]:
            self.wrong.append(f"leads nowhere: {page['nowhere'][:3]}")
        if lost := {icon for icon in page["icons"] if icon.partition("#")[2] not in self.icons}:
            self.wrong.append(f"no such icon: {sorted(lost)}")
