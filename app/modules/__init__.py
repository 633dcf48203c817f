"""Modules: reading. The way, pages, cases, today, Lernheft; receives what a page's forms post."""
