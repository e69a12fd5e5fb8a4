"""Merging two partners or two contacts into one, and the way back for thirty days."""
