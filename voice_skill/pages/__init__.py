"""What all pages share: one base page, its style, and how a template becomes a page."""
