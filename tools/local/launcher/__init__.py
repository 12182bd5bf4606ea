"""Starts the pinned, unmodified MiniStack as Framewright's local AWS.

MiniStack has no plugin interface, but it dispatches through module-level tables and functions. Each module here mends one
gap by filling those; `hooks` checks at start that everything they touch is still there, so a new version says what moved.
"""
