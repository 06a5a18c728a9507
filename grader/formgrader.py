"""Serves nbgrader's formgrader for one course: a Jupyter server that has these pages and nothing else.

It has no JupyterLab, no kernels, no terminals and no files: what a page might be tricked into cannot run anything here.
"""

import os
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeList
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from nbgrader.server_extensions.formgrader.handlers import template_path
from traitlets.config import Config

from grader.folder import CourseFolder
from grader.formgrader_handlers import COURSE, guarded_handlers, policy
from grader.formgrader_page import TEMPLATES


class Server(ServerApp):
    """A Jupyter server without the services that open, change or run files."""

    default_services = ("auth", "security", "shutdown")  # type: ignore[assignment]


class QuietList(ExchangeList):  # type: ignore[misc]
    """Most courses here have no exchange: its absence is no error, and not to be reported at every request."""

    def fail(self, msg: str) -> None:
        raise ExchangeError(msg)


class Formgrader(FormgradeExtension):  # type: ignore[misc]
    """nbgrader's extension, for one course, with guarded handlers."""

    # would show the settings, with the database's password
    debug = False
    url_prefix = "."

    def build_extra_config(self) -> Config:
        """nbgrader's, and an exchange that may be missing."""
        config: Config = super().build_extra_config()
        config.ExchangeFactory.list = QuietList
        return config

    def init_tornado_settings(self, webapp: Any) -> None:
        """nbgrader's, with templates that escape, and some of ours in their place."""
        super().init_tornado_settings(webapp)
        theirs = FileSystemLoader(template_path)
        loader = ChoiceLoader([FileSystemLoader(TEMPLATES), theirs, PrefixLoader({"nbgrader": theirs})])
        webapp.settings["nbgrader_jinja2_env"] = Environment(loader=loader, autoescape=True)

    def init_handlers(self, webapp: Any) -> None:
        """The guarded handlers instead of nbgrader's."""
        base = webapp.settings["base_url"]
        webapp.add_handlers(".*$", [(url_path_join(base, pattern), *rest) for pattern, *rest in guarded_handlers()])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Server) -> None:
    course: CourseFolder = server.web_app.settings[COURSE]
    formgrader = Formgrader(parent=server)
    formgrader.log = server.log
    formgrader.root_dir = str(course.root)
    formgrader.initialize(course.arguments())
    formgrader.init_tornado_settings(server.web_app)
    formgrader.init_handlers(server.web_app)


def serve(course: CourseFolder, *, browser: bool, port: int) -> None:
    """Serve the formgrader on this machine until it is stopped.

    Args:
        port: the first port to try; 0 for any.
    """
    # nbgrader runs the nbgrader_config.py of the current folder at each request
    os.chdir(course.root)
    server = Server(config=_settings(course, browser=browser, port=port))
    server.initialize(argv=[], find_extensions=False)
    server.start()


def _settings(course: CourseFolder, *, browser: bool, port: int) -> Config:
    """What no configuration file changes."""
    headers = {"Content-Security-Policy": policy(), "Referrer-Policy": "same-origin"}
    server = {
        "jpserver_extensions": {__name__: True},
        "tornado_settings": {COURSE: course, "headers": headers},
        "root_dir": str(course.root),
        "default_url": "/formgrader",
        "ip": "127.0.0.1",
        "port": port,
        "open_browser": browser,
        "allow_root": True,
        "allow_origin": "",
        "disable_check_xsrf": False,
        "log_level": "WARN",
    }
    return Config({"ServerApp": server, "ContentsManager": {"files_handler_class": None}})
