"""What a page must be for everyone: axe-core finds nothing, and nothing is lost when the text doubles."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = files("axe_core_python").joinpath("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, a line a fault: its rule, its elements. Empty is right."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(found => found.violations)", RULES)
    return [
        f"{page.url}: {fault['id']} ({fault['impact']}): {fault['help']}: "
        + " | ".join(f"{' '.join(map(str, node['target']))} {node['html'][:120]}" for node in fault["nodes"][:4])
        for fault in found
    ]


def overflows(page: Page, *, text: str = "100%") -> list[str]:
    """Elements wider than the window when the text is at that size, by tag and class; empty is right.

    What scrolls inside its own box (a wide table) is not counted, but a table made into cards should never have to.
    """
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    wide = page.evaluate(WIDER_THAN_THE_WINDOW) + page.evaluate(CARDS_WIDER_THAN_THEIR_BOX)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return [f"{page.url}: {element}" for element in wide]


WIDER_THAN_THE_WINDOW = """() => {
  const width = document.documentElement.clientWidth;
  const inside = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (/auto|scroll|hidden/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > width + 1 && !inside(element))
    .map(element => `${element.tagName}.${element.className} ${(element.textContent || '').trim().slice(0, 40)}`)
    .slice(0, 5);
}"""

CARDS_WIDER_THAN_THEIR_BOX = """() => {
  const made = table => [...table.rows].some(row => getComputedStyle(row).display === 'block');
  const over = (cell, box) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > box + 1;
  return [...document.querySelectorAll('table.stack')].filter(made).flatMap(table => {
    const box = table.parentElement.getBoundingClientRect().right;
    return [...table.querySelectorAll('tbody :is(td, th)')]
      .filter(cell => over(cell, box))
      .map(cell => `${cell.tagName}.${cell.className} ${cell.dataset.label} ${cell.textContent.trim().slice(0, 40)}`)
      .slice(0, 5);
  });
}"""
