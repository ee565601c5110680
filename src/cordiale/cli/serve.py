"""`cordiale serve`: the dossier in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cordiale.cli.archives import ArchiveOption, MemoryOption, archive_if_any
from cordiale.cli.options import DossierOption, epilog, opened

if TYPE_CHECKING:
    import socket

PORT = 8425


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show the dossier in the browser.",
        epilog=epilog("cordiale serve", "cordiale serve --port 9000 --no-browser"),
    )(serve)


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to answer at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")] = PORT,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", show_default=False, help="What visitors must know.  [none; made up off loopback]"),
    ] = None,
    archive: ArchiveOption = None,
    memory: MemoryOption = "2GB",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    dossier: DossierOption = None,
) -> None:
    """Show the dossier in the browser, at 127.0.0.1 unless told otherwise; Ctrl-C ends it.

    Where there is an archive of event streams, pages of ties show what the two did, too. At any other address everybody
    who can reach this machine could read the dossier: a token is demanded then.
    """
    import secrets
    import webbrowser
    from contextlib import suppress

    import uvicorn

    from cordiale.cli.printing import warn
    from cordiale.web import create_app
    from cordiale.web.guard import LOOPBACK

    local = host in LOOPBACK
    token = token or (None if local else secrets.token_urlsafe(18))
    with opened(ctx, dossier) as found, archive_if_any(archive, memory) as streams, _bound(host, port) as listening:
        app = create_app(found, hosts=LOOPBACK if local else (), token=token, archive=streams)
        app.state.prepare()
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")
        warn(f"cordiale: {found.name} at {address} (Ctrl-C ends it)")
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False)
        with suppress(KeyboardInterrupt):  # which is how it is meant to end
            uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    """A socket at an address; one that is taken is an error that says what to do."""
    import socket

    from cordiale.errors import InvalidValue

    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        why = (error.strerror or str(error)).lower()
        raise InvalidValue("an address that cannot be served at", f"{host}:{port} ({why})", "try --port 0") from error
    return made
