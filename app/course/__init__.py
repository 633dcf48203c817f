"""The core: a folder of Markdown becomes a frozen Course. No web, no database."""
