"""Where a browser is, for the journeys and the pictures."""

import os
import shutil

USUAL = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Where Chromium is: what `CHROMIUM` says, else the usual names; None if it is nowhere."""
    return os.environ.get("CHROMIUM") or next((path for name in USUAL if (path := shutil.which(name))), None)
