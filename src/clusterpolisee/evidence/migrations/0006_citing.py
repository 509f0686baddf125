
import clusterpolisee.evidence.models.citation
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0005_importing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='citation',
            name='details',
            field=models.JSONField(default=dict, verbose_name='details'),
        ),
        migrations.CreateModel(
            name='Basket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(default=clusterpolisee.evidence.models.citation.new_address, editable=False, max_length=16, unique=True)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_default', models.BooleanField(default=False, verbose_name='where citations go when nothing else is said')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed at')),
                ('created_at', models.DateTimeField(verbose_name='made at')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='baskets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'basket',
                'verbose_name_plural': 'baskets',
                'ordering': ['-is_default', 'name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BasketItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed at')),
                ('basket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='evidence.basket')),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.citation')),
            ],
            options={
                'verbose_name': 'citation in a basket',
                'verbose_name_plural': 'citations in baskets',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CitedSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='further_sources', to='evidence.citation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.datasetversion')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='DerivedIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('created_at', models.DateTimeField(verbose_name='made at')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='derived_indicators', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'derived indicator',
                'verbose_name_plural': 'derived indicators',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='DerivedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('replaced', 'replaced by a newer version'), ('discarded', 'put aside')], default='draft', max_length=12, verbose_name='state')),
                ('formula', models.TextField(max_length=2000, verbose_name='formula')),
                ('labels', models.JSONField(default=dict, verbose_name='name by language')),
                ('short_labels', models.JSONField(blank=True, default=dict, verbose_name='short name by language')),
                ('explanation', models.JSONField(blank=True, default=dict, verbose_name='explanation by language')),
                ('unit_labels', models.JSONField(blank=True, default=dict, verbose_name='unit by language')),
                ('decimals', models.PositiveSmallIntegerField(default=1, verbose_name='decimals')),
                ('direction', models.SmallIntegerField(default=0, verbose_name='direction')),
                ('weights', models.JSONField(blank=True, default=dict, verbose_name='weights of the parts')),
                ('weights_name', models.CharField(blank=True, max_length=120, verbose_name='name of the weights')),
                ('weights_version', models.CharField(blank=True, max_length=20, verbose_name='version of the weights')),
                ('minimum_parts', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='least number of known parts')),
                ('written_at', models.DateTimeField(verbose_name='written at')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('derived', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='evidence.derivedindicator')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'definition',
                'verbose_name_plural': 'definitions',
                'ordering': ['derived', '-number'],
            },
        ),
        migrations.CreateModel(
            name='DerivedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('key', models.CharField(max_length=100, verbose_name='as written in the formula')),
                ('activity', models.CharField(blank=True, max_length=16, verbose_name='activity')),
                ('derived', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.derivedindicator')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.indicator')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='evidence.derivedversion')),
            ],
            options={
                'verbose_name': 'part of a derived indicator',
                'verbose_name_plural': 'parts of derived indicators',
                'ordering': ['version', 'order'],
            },
        ),
        migrations.AddField(
            model_name='derivedindicator',
            name='current',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.derivedversion'),
        ),
        migrations.AddField(
            model_name='citation',
            name='definition',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='evidence.derivedversion'),
        ),
        migrations.AddConstraint(
            model_name='basket',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner',), name='one_default_basket_per_owner'),
        ),
        migrations.AddConstraint(
            model_name='basketitem',
            constraint=models.UniqueConstraint(fields=('basket', 'citation'), name='a_citation_is_in_a_basket_once'),
        ),
        migrations.AddConstraint(
            model_name='citedsource',
            constraint=models.UniqueConstraint(fields=('citation', 'version'), name='a_source_is_cited_once'),
        ),
        migrations.AddConstraint(
            model_name='derivedversion',
            constraint=models.UniqueConstraint(fields=('derived', 'number'), name='one_definition_per_number'),
        ),
        migrations.AddConstraint(
            model_name='derivedversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('derived',), name='one_draft_per_derived_indicator'),
        ),
        migrations.AddConstraint(
            model_name='derivedversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('derived',), name='one_published_definition'),
        ),
        migrations.AddConstraint(
            model_name='derivedpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('derived__isnull', True), ('indicator__isnull', False)), models.Q(('derived__isnull', False), ('indicator__isnull', True)), _connector='OR'), name='a_part_is_one_indicator'),
        ),
    ]
