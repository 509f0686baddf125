from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_citing")]

    operations = []
