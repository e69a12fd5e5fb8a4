"""The history of a record and of what hangs on it, for people: who, when, from what to what, and back to what it was.

The rows are written by the triggers of wbl.tenancy.history; here they are read.
"""
