import hashlib
import json

import django.db.models.deletion
from django.db import migrations, models

# What the rows of the first seeds did not have: columns of this migration and of the one before it.
_NEW = {"accept_refreshed", "publisher_names", "refresh_days", "source"}
_NEVER = {"id", "code", "current", "dataset", "seeded_as"}


def stamp_anew(apps, schema_editor):
    """Rows that nobody has edited since they were seeded keep following their seed.

    A seed's mark was made of all columns, so that a new column would make every row look edited; from now on it is
    made of what differs from the defaults.
    """
    for name in ("Dataset", "Indicator"):
        model = apps.get_model("evidence", name)
        fields = [field for field in model._meta.concrete_fields if field.name not in _NEVER]
        for row in model.objects.all():
            said = {field.name: getattr(row, field.attname) for field in fields}
            before = {key: value for key, value in said.items() if key not in _NEW}
            if row.seeded_as == _digest(before):
                defaults = {field.name: field.get_default() for field in fields}
                row.seeded_as = _digest({key: one for key, one in said.items() if one != defaults[key]})
                row.save(update_fields=["seeded_as"])


def _digest(said):
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_names_by_language")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="source",
            field=models.JSONField(blank=True, default=dict, verbose_name="source"),
        ),
        migrations.AddField(
            model_name="dataset",
            name="refresh_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="asked again after days"),
        ),
        migrations.AddField(
            model_name="dataset",
            name="accept_refreshed",
            field=models.BooleanField(default=False, verbose_name="new versions come into use by themselves"),
        ),
        migrations.CreateModel(
            name="SourceState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("etag", models.CharField(blank=True, max_length=300)),
                ("last_modified", models.CharField(blank=True, max_length=60)),
                ("updated", models.CharField(blank=True, max_length=60, verbose_name="updated, as the source says")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="asked")),
                ("fetched_at", models.DateTimeField(null=True, verbose_name="fetched")),
                (
                    "dataset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_state",
                        to="evidence.dataset",
                    ),
                ),
            ],
            options={"verbose_name": "state of a source", "verbose_name_plural": "states of sources"},
        ),
        migrations.RunPython(stamp_anew, migrations.RunPython.noop),
    ]
