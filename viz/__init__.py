"""Answers become pages that open in a browser, offline too."""
