"""How much a course may be. Enough for any real course, little enough that no source can hurt the server."""

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE

TEXT_BYTES = 64 * KILOBYTE
MEDIA_BYTES = 5 * MEGABYTE
TREE_BYTES = 100 * MEGABYTE
TREE_FILES = 2000
NESTING = 20
SECONDS_PER_PAGE = 2.0
SECONDS_PER_COURSE = 20.0
