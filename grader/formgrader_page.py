"""The page on which one submission is scored: nbgrader's template with an applicant's notebook that was cleaned."""

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, pass_context
from markupsafe import escape
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader.handlers import template_path

from grader.clean import clean_html
from grader.shown import markdown_html, read_shown

TEMPLATES = Path(__file__).with_name("templates") / "formgrader"
"""Files that stand in for nbgrader's and nbconvert's of the same name."""


class PageExporter(HTMLExporter):  # type: ignore[misc]
    """Makes the page of one notebook.

    Args:
        nonce: what the page's own scripts carry, so that the browser runs no other.
    """

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce
        self._folder = Path()
        super().__init__(
            template_name="formgrade",
            extra_template_basedirs=[template_path],
            extra_loaders=[FileSystemLoader(TEMPLATES)],
            sanitize_html=True,
        )

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **named: Any) -> Any:
        """The page of a notebook file; BundleError if it is none."""
        self._folder = Path(filename).parent
        safe = {name: escape(value) if isinstance(value, str) else value for name, value in (resources or {}).items()}
        return self.from_notebook_node(read_shown(Path(filename)), {**safe, "nonce": self._nonce}, **named)

    def default_filters(self) -> Any:
        """nbconvert's, with ours where it would let through what an applicant wrote."""
        yield from super().default_filters()
        yield "markdown2html", self._markdown
        yield "clean_html", self._clean

    @pass_context
    def _markdown(self, context: Any, source: str) -> str:
        return markdown_html(source, context["cell"].get("attachments", {}), self._folder)

    def _clean(self, html: str) -> str:
        return clean_html(html, self._folder)
