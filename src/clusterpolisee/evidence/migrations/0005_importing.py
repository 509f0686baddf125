import clusterpolisee.evidence.models.upload
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0004_fetching'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dataset',
            name='second_person',
            field=models.BooleanField(default=False, verbose_name='a second person accepts new versions'),
        ),
        migrations.AddField(
            model_name='dataset',
            name='topic',
            field=models.CharField(blank=True, choices=[('economy', 'economy and accounts'), ('work', 'work and enterprises'), ('people', 'people and education'), ('innovation', 'research and innovation'), ('other', 'other')], max_length=12, verbose_name='topic'),
        ),
        migrations.CreateModel(
            name='CodeDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('region', 'region'), ('activity', 'activity')], max_length=10, verbose_name='kind')),
                ('text', models.CharField(max_length=300, verbose_name='text in the file')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='code')),
                ('said_at', models.DateTimeField(verbose_name='said at')),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='code_decisions', to='evidence.dataset')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'meaning of a code',
                'verbose_name_plural': 'meanings of codes',
                'constraints': [models.UniqueConstraint(fields=('dataset', 'kind', 'text'), name='one_meaning_per_text')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.CharField(max_length=64, verbose_name='signature of the headings')),
                ('mapping', models.JSONField(default=dict, verbose_name='mapping')),
                ('said_at', models.DateTimeField(verbose_name='said at')),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_mappings', to='evidence.dataset')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mapping of columns',
                'verbose_name_plural': 'mappings of columns',
                'constraints': [models.UniqueConstraint(fields=('dataset', 'signature'), name='one_mapping_per_look_of_a_table')],
            },
        ),
        migrations.CreateModel(
            name='DataGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('missing', models.CharField(max_length=200, verbose_name='what is missing')),
                ('why', models.TextField(blank=True, max_length=2000, verbose_name='why it matters')),
                ('region', models.CharField(blank=True, max_length=8, verbose_name='region')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from year')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to year')),
                ('state', models.CharField(choices=[('open', 'open'), ('in_work', 'in work'), ('closed', 'closed')], default='open', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why it was closed')),
                ('opened_at', models.DateTimeField(verbose_name='said on')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed on')),
                ('dataset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gaps', to='evidence.dataset', verbose_name='dataset')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gaps', to='evidence.indicator', verbose_name='indicator')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gaps_in_work', to=settings.AUTH_USER_MODEL, verbose_name='who looks for it')),
            ],
            options={
                'verbose_name': 'data gap',
                'verbose_name_plural': 'data gaps',
                'ordering': ['-opened_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'region'], name='evidence_da_state_1e2182_idx')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=clusterpolisee.evidence.models.upload.new_token, editable=False, max_length=40, unique=True)),
                ('state', models.CharField(choices=[('draft', 'unfinished'), ('brought', 'brought'), ('discarded', 'thrown away')], default='draft', max_length=12, verbose_name='state')),
                ('name', models.CharField(max_length=255, verbose_name='name of the file')),
                ('size', models.PositiveBigIntegerField(verbose_name='size of the file')),
                ('sha256', models.CharField(max_length=64, verbose_name='hash of the file')),
                ('format', models.CharField(max_length=40, verbose_name='format')),
                ('choices', models.JSONField(default=dict, verbose_name='choices')),
                ('checked', models.JSONField(default=dict, verbose_name='result of the last check')),
                ('created_at', models.DateTimeField(verbose_name='begun')),
                ('changed_at', models.DateTimeField(verbose_name='last changed')),
                ('dataset', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uploads', to='evidence.dataset', verbose_name='dataset')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uploads', to='evidence.datasetversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'file on its way',
                'verbose_name_plural': 'files on their way',
                'ordering': ['-changed_at'],
                'indexes': [models.Index(fields=['sha256'], name='evidence_up_sha256_32f806_idx')],
            },
        ),
    ]
