"""Words compared as one says them, not as one types them."""

import unicodedata


def plain(text: str) -> str:
    """Without accents, case, hyphens nor brackets: `Saint-Gaudens (31)` → `saint gaudens 31`."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())
