"""Starts processes and moves bounded frames; knows neither exercises nor runs."""
