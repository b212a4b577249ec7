"""Figures that the README claims, each by one command."""
