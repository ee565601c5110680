"""The schema's revisions, one a module in `versions`; run when a dossier is opened, never from a shell."""
