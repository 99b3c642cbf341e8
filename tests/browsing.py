"""A page in a browser with the network off, listening to what it asks for and to what goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def opened_page(browser: Any, out: Path, ready: str = "typeof network === 'object' && network !== null") -> Any:
    """The page of the file ``out``; ``asked`` collects addresses, ``errors`` what scripts raised."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(out.as_uri())
    page.wait_for_function(ready)
    return page
