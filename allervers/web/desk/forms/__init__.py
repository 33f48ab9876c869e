"""One module a screen: what is asked, in which words, and what the op is told from it."""
