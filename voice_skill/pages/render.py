"""A template becomes a page: all that is put in is text, unless a template made it."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voice_skill.pages.text import css_string, printable

TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, **given: Any) -> str:
    """The page. A name that the template asks for and nobody gave raises UndefinedError."""
    return _environment().get_template(template).render(**given)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_one_line,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["css_string"] = lambda text: Markup(css_string(text))
    return found


def _one_line(value: Any) -> Any:
    """Text without letters that steer; what a template made stays as it is."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
