"""The session on a Textual screen."""
