"""The Textual front end: screens and widgets that show values and speak in messages."""
