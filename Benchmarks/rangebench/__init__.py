"""Measures Rangefinder against the tools that people would use instead."""
