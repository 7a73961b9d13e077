"""Rendering: what the archive holds as cards, pages and a site."""
