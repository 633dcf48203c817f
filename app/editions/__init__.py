"""Editions: published, immutable sources by digest; digest -> Course, compiled once and cached."""
