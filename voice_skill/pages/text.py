"""Text that may stand in a page, a picture or a style."""


def printable(text: str) -> str:
    """Text in one line, without letters that steer."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def css_string(text: str) -> str:
    """Text as a CSS string: every letter that is no plain one by its number."""
    plain = printable(text)
    return (
        '"' + "".join(x if x.isalnum() or x in " .,-" else f"\\{ord(x):06x}" for x in plain) + '"'
    )
