"""The map in the browser: pages on a dossier, each also as JSON and CSV, the evidence one click away.

Python draws, the browser shows. The state of a view is its address, so that any view can be sent to somebody.
"""

from cordiale.web.app import create_app

__all__ = ["create_app"]
