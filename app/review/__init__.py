"""Review: learning cards of the glossary's terms, voluntary, for the person alone."""
