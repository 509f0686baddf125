from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_names_by_language")]

    operations = []
