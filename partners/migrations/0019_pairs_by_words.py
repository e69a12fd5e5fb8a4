"""Candidates for pairs share the beginning of a word or a way to reach them (partners.duplicates.grounds): half a second for
5,000 partners, where the join over the trigram index took twenty."""

from importlib import import_module

from django.db import migrations

ALIKE = import_module("partners.migrations.0011_merging").ALIKE


class Migration(migrations.Migration):
    dependencies = [("partners", "0018_search_further")]
    operations = [migrations.RunSQL("drop function partners_alike()", ALIKE)]
