"""`python -m tools.pictures_of_the_round`: follows the tutorial in a folder of its own, and takes its pictures."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.docs.test_tutorial import BLOCK, Reader
from tools.browser import chromium

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tutorials" / "change-a-process.md"
PICTURES = ROOT / "docs" / "pictures"
MADE = {"round-before": "before.html", "round-simulated": "simulation.svg", "round-after": "after.html"}


def main() -> None:
    given = Path(sys.argv[1]) if sys.argv[1:] else None  # a folder where somebody has followed it already
    with tempfile.TemporaryDirectory() as made:
        folder = given or Path(made)
        if not given:
            reader = Reader(folder)
            for language, what, content in BLOCK.findall(PAGE.read_text()):
                reader.follow(language, what, content)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            for name, file in MADE.items():
                shoot(browser, (folder / file).read_text(), PICTURES / f"{name}.png")
            browser.close()


def shoot(browser: Browser, content: str, path: Path) -> None:
    """The first drawing of a page, in few colours, so that the repository stays small."""
    drawing = content[content.index("<svg") : content.index("</svg>") + len("</svg>")]
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_content(f"<body style='margin:1rem'>{drawing}</body>")
    page.locator("svg").first.screenshot(path=path)
    page.close()
    with Image.open(path) as whole:
        picture = whole.convert("RGB").quantize(64, method=Image.Quantize.MAXCOVERAGE)
    picture.save(path, optimize=True)


if __name__ == "__main__":
    main()
