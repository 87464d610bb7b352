"""Programmes, requests, plans, engagements, participants, funding and timelines. Generated, but for the batches."""

import accounts.users.models
import core.db.functions
import core.encryption
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('countries', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),  # parts of titles
        BatchedOperations([
            migrations.CreateModel(
                name='NamedCountry',
                fields=[
                    ('pk', models.CompositePrimaryKey('engagement_id', 'country_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ],
                options={
                    'db_table': 'assistance_namedcountry',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ],
                options={
                    'verbose_name': 'attendance',
                    'verbose_name_plural': 'attendance',
                },
            ),
            migrations.CreateModel(
                name='Donor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, unique=True, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'donor',
                    'verbose_name_plural': 'donors',
                    'ordering': ['title'],
                },
            ),
            migrations.CreateModel(
                name='DonorConsent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'consent to share with donors',
                    'verbose_name_plural': 'consents to share with donors',
                    'ordering': ['request', 'id'],
                },
            ),
            migrations.CreateModel(
                name='DonorConsentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('since', models.DateField()),
                    ('until', models.DateField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DonorEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=200, verbose_name='name')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Engagement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(editable=False, max_length=20, unique=True, verbose_name='reference')),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('delivered', 'Delivered'), ('verified', 'Verified'), ('cancelled', 'Cancelled'), ('recorded', 'Recorded')], default='planned', editable=False, max_length=12, verbose_name='state')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('theme_codes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, size=None, verbose_name='themes')),
                    ('type', models.CharField(blank=True, choices=[('training_course', 'Training course'), ('workshop', 'Workshop'), ('advisory_mission', 'Advisory mission'), ('legislative_review', 'Legislative review'), ('mentoring', 'Mentoring'), ('expert_meeting', 'Expert meeting'), ('equipment', 'Equipment'), ('study', 'Study'), ('awareness_campaign', 'Awareness campaign'), ('study_visit', 'Study visit'), ('process_participation', 'Support to participation in a process')], max_length=24, verbose_name='type')),
                    ('modality', models.CharField(blank=True, choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'Hybrid')], max_length=10, verbose_name='modality')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('partners', models.CharField(blank=True, max_length=300, verbose_name='partners')),
                    ('objectives', models.TextField(blank=True, verbose_name='objectives')),
                    ('outcome', models.TextField(blank=True, verbose_name='outcome (internal)')),
                    ('follow_up', models.TextField(blank=True, verbose_name='follow-up (internal)')),
                    ('reach', models.PositiveIntegerField(blank=True, null=True, verbose_name='people reached')),
                    ('reach_method', models.CharField(blank=True, max_length=300, verbose_name='how the reach was estimated')),
                    ('origin', models.CharField(choices=[('own', 'This programme'), ('imported', 'Imported record of others')], default='own', editable=False, max_length=10, verbose_name='origin')),
                    ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                    ('foreign_id', models.CharField(blank=True, max_length=60, verbose_name='identifier there')),
                    ('budget', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='budget')),
                    ('expense', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='expense')),
                    ('currency', models.CharField(default='USD', max_length=3)),
                    ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact')),
                    ('did_not_take_place', models.BooleanField(default=False, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'verbose_name': 'engagement',
                    'verbose_name_plural': 'engagements',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='EngagementEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.CharField(max_length=30)),
                    ('from_state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('delivered', 'Delivered'), ('verified', 'Verified'), ('cancelled', 'Cancelled'), ('recorded', 'Recorded')], max_length=12)),
                    ('to_state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('delivered', 'Delivered'), ('verified', 'Verified'), ('cancelled', 'Cancelled'), ('recorded', 'Recorded')], max_length=12)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('note', models.TextField(blank=True)),
                    ('data', models.JSONField(default=dict)),
                ],
                options={
                    'ordering': ['engagement', 'id'],
                },
            ),
            migrations.CreateModel(
                name='EngagementHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('reference', models.CharField(editable=False, max_length=20, verbose_name='reference')),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('confirmed', 'Confirmed'), ('delivered', 'Delivered'), ('verified', 'Verified'), ('cancelled', 'Cancelled'), ('recorded', 'Recorded')], default='planned', editable=False, max_length=12, verbose_name='state')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('theme_codes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, size=None, verbose_name='themes')),
                    ('type', models.CharField(blank=True, choices=[('training_course', 'Training course'), ('workshop', 'Workshop'), ('advisory_mission', 'Advisory mission'), ('legislative_review', 'Legislative review'), ('mentoring', 'Mentoring'), ('expert_meeting', 'Expert meeting'), ('equipment', 'Equipment'), ('study', 'Study'), ('awareness_campaign', 'Awareness campaign'), ('study_visit', 'Study visit'), ('process_participation', 'Support to participation in a process')], max_length=24, verbose_name='type')),
                    ('modality', models.CharField(blank=True, choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'Hybrid')], max_length=10, verbose_name='modality')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('partners', models.CharField(blank=True, max_length=300, verbose_name='partners')),
                    ('objectives', models.TextField(blank=True, verbose_name='objectives')),
                    ('outcome', models.TextField(blank=True, verbose_name='outcome (internal)')),
                    ('follow_up', models.TextField(blank=True, verbose_name='follow-up (internal)')),
                    ('reach', models.PositiveIntegerField(blank=True, null=True, verbose_name='people reached')),
                    ('reach_method', models.CharField(blank=True, max_length=300, verbose_name='how the reach was estimated')),
                    ('origin', models.CharField(choices=[('own', 'This programme'), ('imported', 'Imported record of others')], default='own', editable=False, max_length=10, verbose_name='origin')),
                    ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                    ('foreign_id', models.CharField(blank=True, max_length=60, verbose_name='identifier there')),
                    ('budget', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='budget')),
                    ('expense', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='expense')),
                    ('currency', models.CharField(default='USD', max_length=3)),
                    ('did_not_take_place', models.BooleanField(default=False, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EngagementPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='until')),
                    ('days', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='days')),
                    ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='hours')),
                    ('planned_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='planned cost')),
                    ('actual_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='actual cost')),
                    ('held_on', models.DateField(blank=True, editable=False, null=True)),
                    ('struck_on', models.DateField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['engagement', 'number'],
                },
            ),
            migrations.CreateModel(
                name='EngagementPartEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='until')),
                    ('days', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='days')),
                    ('hours', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='hours')),
                    ('planned_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='planned cost')),
                    ('actual_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='actual cost')),
                    ('held_on', models.DateField(blank=True, editable=False, null=True)),
                    ('struck_on', models.DateField(blank=True, editable=False, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EngagementRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('linked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
            ),
            migrations.CreateModel(
                name='EngagementRequestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('linked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EventSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=10)),
                    ('subject', models.BigIntegerField()),
                    ('event', models.BigIntegerField()),
                    ('seal', models.CharField(max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='EventText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('field', models.CharField(max_length=40)),
                    ('text', models.TextField()),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Funding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='name')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                    ('currency', models.CharField(default='USD', max_length=3, verbose_name='currency')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(verbose_name='first day after')),
                ],
                options={
                    'verbose_name': 'funding',
                    'verbose_name_plural': 'funding',
                    'ordering': ['donor__title', 'valid_from'],
                },
            ),
            migrations.CreateModel(
                name='FundingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=200, verbose_name='name')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                    ('currency', models.CharField(default='USD', max_length=3, verbose_name='currency')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(verbose_name='first day after')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Holiday',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(verbose_name='day')),
                    ('title', models.CharField(max_length=120, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'holiday',
                    'verbose_name_plural': 'holidays',
                    'ordering': ['day'],
                },
            ),
            migrations.CreateModel(
                name='HolidayEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('day', models.DateField(verbose_name='day')),
                    ('title', models.CharField(max_length=120, verbose_name='name')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='NextStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('ours', 'ours'), ('theirs', 'theirs')], max_length=6, verbose_name='whose')),
                    ('what', models.CharField(max_length=300, verbose_name='what')),
                    ('owner', models.CharField(max_length=200, verbose_name='owner')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ],
                options={
                    'verbose_name': 'next step',
                    'verbose_name_plural': 'next steps',
                    'ordering': ['due_on'],
                },
            ),
            migrations.CreateModel(
                name='NextStepEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('side', models.CharField(choices=[('ours', 'ours'), ('theirs', 'theirs')], max_length=6, verbose_name='whose')),
                    ('what', models.CharField(max_length=300, verbose_name='what')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                    ('sex', models.CharField(choices=[('woman', 'woman'), ('man', 'man'), ('other', 'other'), ('unknown', 'not known')], default='unknown', max_length=8, verbose_name='sex')),
                    ('institution', models.CharField(blank=True, max_length=200, verbose_name='institution')),
                    ('function', models.CharField(blank=True, max_length=200, verbose_name='function')),
                    ('email', core.encryption.EncryptedField(blank=True, default='', verbose_name='e-mail')),
                    ('phone', core.encryption.EncryptedField(blank=True, default='', verbose_name='telephone')),
                    ('identity', models.CharField(blank=True, editable=False, max_length=64)),
                    ('may_be_asked', models.BooleanField(default=False, verbose_name='agrees to be asked again later')),
                    ('is_contact', models.BooleanField(default=False, verbose_name='contact of the programme')),
                    ('keep_until', models.DateField(verbose_name='kept until')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'persons',
                    'ordering': ['country__iso3', 'id'],
                },
            ),
            migrations.CreateModel(
                name='PersonEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('sex', models.CharField(choices=[('woman', 'woman'), ('man', 'man'), ('other', 'other'), ('unknown', 'not known')], default='unknown', max_length=8, verbose_name='sex')),
                    ('may_be_asked', models.BooleanField(default=False, verbose_name='agrees to be asked again later')),
                    ('is_contact', models.BooleanField(default=False, verbose_name='contact of the programme')),
                    ('keep_until', models.DateField(verbose_name='kept until')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Pillar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('valid_from', models.DateField(default=datetime.date(2013, 1, 1), verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'verbose_name': 'pillar',
                    'verbose_name_plural': 'pillars',
                    'ordering': ['order'],
                },
            ),
            migrations.CreateModel(
                name='PillarEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(db_index=False, max_length=40)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('valid_from', models.DateField(default=datetime.date(2013, 1, 1), verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PlanIndicator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=300, verbose_name='indicator')),
                    ('unit', models.CharField(max_length=60, verbose_name='unit')),
                    ('baseline', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='baseline')),
                    ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ],
                options={
                    'ordering': ['plan', 'order'],
                },
            ),
            migrations.CreateModel(
                name='PlanIndicatorEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('order', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=300, verbose_name='indicator')),
                    ('unit', models.CharField(max_length=60, verbose_name='unit')),
                    ('baseline', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='baseline')),
                    ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PlannedStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField()),
                    ('what', models.CharField(max_length=300, verbose_name='what')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='until')),
                    ('who', models.CharField(max_length=200, verbose_name='who')),
                    ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='estimated cost')),
                ],
                options={
                    'ordering': ['plan', 'order'],
                },
            ),
            migrations.CreateModel(
                name='PlannedStepEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('order', models.PositiveSmallIntegerField()),
                    ('what', models.CharField(max_length=300, verbose_name='what')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='until')),
                    ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='estimated cost')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('zone', models.CharField(default='Europe/Vienna', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='reporting zone')),
                    ('holiday_country', models.CharField(default='AT', max_length=2, verbose_name="duty station's country")),
                    ('currency', models.CharField(default='USD', max_length=3)),
                    ('names_kept_months', models.PositiveSmallIntegerField(default=24, help_text='Of participants after the last part that they attended, of contacts after they were last confirmed.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months for which names are kept')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'programme',
                    'verbose_name_plural': 'programmes',
                    'ordering': ['title'],
                },
            ),
            migrations.CreateModel(
                name='ProgrammeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('code', models.SlugField(db_index=False, max_length=40)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('zone', models.CharField(default='Europe/Vienna', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='reporting zone')),
                    ('holiday_country', models.CharField(default='AT', max_length=2, verbose_name="duty station's country")),
                    ('currency', models.CharField(default='USD', max_length=3)),
                    ('names_kept_months', models.PositiveSmallIntegerField(default=24, help_text='Of participants after the last part that they attended, of contacts after they were last confirmed.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months for which names are kept')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProgrammeMembership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('officer', 'Programme officer'), ('manager', 'Manager')], max_length=20, verbose_name='as')),
                    ('reads_names', models.BooleanField(default=False, help_text='Attendance lists and contacts. Every look at them is recorded.', verbose_name='may read names')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'verbose_name': 'programme membership',
                    'verbose_name_plural': 'programme memberships',
                },
            ),
            migrations.CreateModel(
                name='ProgrammeMembershipEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('role', models.CharField(choices=[('officer', 'Programme officer'), ('manager', 'Manager')], max_length=20, verbose_name='as')),
                    ('reads_names', models.BooleanField(default=False, help_text='Attendance lists and contacts. Every look at them is recorded.', verbose_name='may read names')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReasonCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('used_for', models.CharField(choices=[('decline', 'not accepted'), ('discontinue', 'stopped by the programme')], max_length=20)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                ],
                options={
                    'verbose_name': 'reason',
                    'verbose_name_plural': 'reasons',
                    'ordering': ['used_for', 'order'],
                },
            ),
            migrations.CreateModel(
                name='ReasonCodeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(db_index=False, max_length=40)),
                    ('used_for', models.CharField(choices=[('decline', 'not accepted'), ('discontinue', 'stopped by the programme')], max_length=20)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecordedCountry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ],
                options={
                    'verbose_name': 'country of an imported record',
                    'verbose_name_plural': 'countries of imported records',
                    'ordering': ['engagement', 'country__iso3'],
                },
            ),
            migrations.CreateModel(
                name='RecordedCountryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReferenceCounter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('series', models.CharField(max_length=10)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='RequestHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('reference', models.CharField(blank=True, editable=False, max_length=20, null=True, verbose_name='reference')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('awaiting_clearance', 'Awaiting clearance'), ('submitted', 'Submitted'), ('under_review', 'Under review'), ('returned', 'Returned with questions'), ('waitlisted', 'Waitlisted'), ('accepted', 'Accepted'), ('plan_proposed', 'Plan proposed'), ('planned', 'Planned'), ('in_delivery', 'In delivery'), ('delivered', 'Delivered'), ('closed', 'Closed'), ('declined', 'Declined'), ('referred', 'Referred'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('discontinued', 'Discontinued'), ('lapsed', 'Lapsed'), ('on_hold', 'On hold'), ('discarded', 'Discarded')], default='draft', editable=False, max_length=20, verbose_name='state')),
                    ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('round', models.PositiveSmallIntegerField(default=1, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('theme_codes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, size=None, verbose_name='themes')),
                    ('language', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español'), ('pt', 'Português'), ('other', 'another language')], default='en', max_length=10, verbose_name='language')),
                    ('problem', models.TextField(blank=True, verbose_name='problem to be solved')),
                    ('tried_before', models.TextField(blank=True, verbose_name='what was tried before')),
                    ('assistance_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('training_course', 'Training course'), ('workshop', 'Workshop'), ('advisory_mission', 'Advisory mission'), ('legislative_review', 'Legislative review'), ('mentoring', 'Mentoring'), ('expert_meeting', 'Expert meeting'), ('equipment', 'Equipment'), ('study', 'Study'), ('awareness_campaign', 'Awareness campaign'), ('study_visit', 'Study visit'), ('process_participation', 'Support to participation in a process')], max_length=40), blank=True, default=list, size=None, verbose_name='kinds of help')),
                    ('assistance_asked', models.TextField(blank=True, verbose_name='assistance asked for')),
                    ('expected_results', models.TextField(blank=True, verbose_name='expected results')),
                    ('beneficiaries', models.TextField(blank=True, verbose_name='intended beneficiaries')),
                    ('other_institutions', models.TextField(blank=True, verbose_name='other institutions')),
                    ('participants_expected', models.PositiveIntegerField(blank=True, null=True, verbose_name='participants expected')),
                    ('security_force', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=10, verbose_name='security forces among the beneficiaries')),
                    ('other_support', models.TextField(blank=True, verbose_name='other support received or asked for')),
                    ('national_contribution', models.TextField(blank=True, verbose_name='national contribution')),
                    ('urgency', models.CharField(choices=[('routine', 'No fixed date'), ('dated', 'Needed by a date'), ('urgent', 'Urgent: a trial, a law or an attack is waiting')], default='routine', max_length=10, verbose_name='urgency')),
                    ('urgency_reason', models.TextField(blank=True, verbose_name='reason of the urgency')),
                    ('wished_from', models.DateField(blank=True, null=True, verbose_name='wished from')),
                    ('wished_until', models.DateField(blank=True, null=True, verbose_name='wished until')),
                    ('letter_reference', models.CharField(blank=True, max_length=100, verbose_name='reference of the letter')),
                    ('letter_date', models.DateField(blank=True, null=True, verbose_name='date of the letter')),
                    ('received_through', models.CharField(choices=[('portal', 'This site'), ('letter', 'Letter'), ('e-mail', 'E-mail'), ('mission', 'Permanent mission')], default='portal', max_length=10, verbose_name='received through')),
                    ('publish', models.CharField(choices=[('nothing', 'Nothing'), ('title', 'The title'), ('summary', 'The title and a summary')], default='nothing', max_length=10, verbose_name='may be published')),
                    ('public_title', models.CharField(blank=True, max_length=200, verbose_name='title for the public')),
                    ('public_summary', models.TextField(blank=True, verbose_name='summary for the public')),
                    ('share_with_donors', models.BooleanField(default=False, verbose_name='may be shown to donors')),
                    ('show_need', models.BooleanField(default=False, verbose_name='the answer on the need may be shown')),
                    ('consent_on', models.DateField(blank=True, editable=False, null=True)),
                    ('released_title', models.CharField(blank=True, editable=False, max_length=64)),
                    ('released_summary', models.CharField(blank=True, editable=False, max_length=64)),
                    ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('received_on', models.DateField(blank=True, editable=False, null=True, verbose_name='received on')),
                    ('complete_since', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('first_decision', models.CharField(blank=True, editable=False, max_length=20)),
                    ('first_decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('first_decided_on', models.DateField(blank=True, editable=False, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('returned_from', models.CharField(blank=True, editable=False, max_length=20)),
                    ('held_from', models.CharField(blank=True, editable=False, max_length=20)),
                    ('hold_look_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next look')),
                    ('priority', models.CharField(blank=True, choices=[('high', 'High'), ('normal', 'Normal'), ('low', 'Low')], max_length=10, verbose_name='priority')),
                    ('estimate', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='estimate')),
                    ('estimate_currency', models.CharField(default='USD', max_length=3)),
                    ('not_covered', models.TextField(blank=True, verbose_name='what is not covered')),
                    ('referred_to', models.CharField(blank=True, max_length=200, verbose_name='passed on to')),
                    ('next_look_on', models.DateField(blank=True, null=True, verbose_name='next look on')),
                    ('outcome', models.CharField(blank=True, choices=[('met', 'Needs met'), ('partly_met', 'Partly met'), ('not_met', 'Not met'), ('not_stated', 'Not stated')], max_length=12, verbose_name='needs met')),
                    ('usefulness', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usefulness')),
                    ('timeliness', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='timeliness')),
                    ('turn', models.CharField(choices=[('country', 'the country'), ('programme', 'the programme'), ('nobody', 'nobody')], default='country', editable=False, max_length=10, verbose_name='whose turn')),
                    ('due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='due')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ResponsePlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('status', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('sent_back', 'Sent back'), ('superseded', 'Superseded')], default='proposed', max_length=12)),
                    ('summary', models.TextField(blank=True, verbose_name='summary')),
                    ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('agreed_by_name', models.CharField(blank=True, max_length=200)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'response plan',
                    'verbose_name_plural': 'response plans',
                    'ordering': ['request', '-version'],
                },
            ),
            migrations.CreateModel(
                name='ResponsePlanEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveSmallIntegerField()),
                    ('status', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('sent_back', 'Sent back'), ('superseded', 'Superseded')], default='proposed', max_length=12)),
                    ('summary', models.TextField(blank=True, verbose_name='summary')),
                    ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Standard',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=30)),
                    ('days', models.PositiveSmallIntegerField(verbose_name='days')),
                    ('valid_from', models.DateField(verbose_name='from')),
                ],
                options={
                    'verbose_name': 'service standard',
                    'verbose_name_plural': 'service standards',
                    'ordering': ['programme', 'code', 'valid_from'],
                },
            ),
            migrations.CreateModel(
                name='StandardEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(max_length=30)),
                    ('days', models.PositiveSmallIntegerField(verbose_name='days')),
                    ('valid_from', models.DateField(verbose_name='from')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='StateSpan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('awaiting_clearance', 'Awaiting clearance'), ('submitted', 'Submitted'), ('under_review', 'Under review'), ('returned', 'Returned with questions'), ('waitlisted', 'Waitlisted'), ('accepted', 'Accepted'), ('plan_proposed', 'Plan proposed'), ('planned', 'Planned'), ('in_delivery', 'In delivery'), ('delivered', 'Delivered'), ('closed', 'Closed'), ('declined', 'Declined'), ('referred', 'Referred'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('discontinued', 'Discontinued'), ('lapsed', 'Lapsed'), ('on_hold', 'On hold'), ('discarded', 'Discarded')], max_length=20)),
                    ('round', models.PositiveSmallIntegerField()),
                    ('entered_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'theme',
                    'verbose_name_plural': 'themes',
                    'ordering': ['order', 'code'],
                },
            ),
            migrations.CreateModel(
                name='ThemeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(db_index=False, max_length=40)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('notes', models.JSONField(default=dict)),
                    ('relevance', models.TextField(verbose_name='relevance')),
                    ('done_before', models.TextField(verbose_name='what was done before')),
                    ('overlap', models.TextField(verbose_name='overlap with the support of others')),
                    ('capacity', models.TextField(verbose_name='capacity of the country and of the programme')),
                    ('cost', models.TextField(verbose_name='cost')),
                    ('risk', models.TextField(verbose_name='risk')),
                    ('recommendation', models.CharField(blank=True, choices=[('accept', 'Accept'), ('waitlist', 'Put on the waiting list'), ('refer', 'Refer to another organisation'), ('decline', 'Do not accept')], max_length=10, verbose_name='recommendation')),
                    ('reasons', models.TextField(blank=True, verbose_name='reasons of the recommendation')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('returned_at', models.DateTimeField(blank=True, null=True)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'assessment',
                    'verbose_name_plural': 'assessments',
                },
            ),
            migrations.CreateModel(
                name='AssistanceRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(blank=True, editable=False, max_length=20, null=True, unique=True, verbose_name='reference')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('awaiting_clearance', 'Awaiting clearance'), ('submitted', 'Submitted'), ('under_review', 'Under review'), ('returned', 'Returned with questions'), ('waitlisted', 'Waitlisted'), ('accepted', 'Accepted'), ('plan_proposed', 'Plan proposed'), ('planned', 'Planned'), ('in_delivery', 'In delivery'), ('delivered', 'Delivered'), ('closed', 'Closed'), ('declined', 'Declined'), ('referred', 'Referred'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('discontinued', 'Discontinued'), ('lapsed', 'Lapsed'), ('on_hold', 'On hold'), ('discarded', 'Discarded')], default='draft', editable=False, max_length=20, verbose_name='state')),
                    ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('round', models.PositiveSmallIntegerField(default=1, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('theme_codes', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, size=None, verbose_name='themes')),
                    ('language', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español'), ('pt', 'Português'), ('other', 'another language')], default='en', max_length=10, verbose_name='language')),
                    ('problem', models.TextField(blank=True, verbose_name='problem to be solved')),
                    ('tried_before', models.TextField(blank=True, verbose_name='what was tried before')),
                    ('assistance_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('training_course', 'Training course'), ('workshop', 'Workshop'), ('advisory_mission', 'Advisory mission'), ('legislative_review', 'Legislative review'), ('mentoring', 'Mentoring'), ('expert_meeting', 'Expert meeting'), ('equipment', 'Equipment'), ('study', 'Study'), ('awareness_campaign', 'Awareness campaign'), ('study_visit', 'Study visit'), ('process_participation', 'Support to participation in a process')], max_length=40), blank=True, default=list, size=None, verbose_name='kinds of help')),
                    ('assistance_asked', models.TextField(blank=True, verbose_name='assistance asked for')),
                    ('expected_results', models.TextField(blank=True, verbose_name='expected results')),
                    ('beneficiaries', models.TextField(blank=True, verbose_name='intended beneficiaries')),
                    ('other_institutions', models.TextField(blank=True, verbose_name='other institutions')),
                    ('participants_expected', models.PositiveIntegerField(blank=True, null=True, verbose_name='participants expected')),
                    ('security_force', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=10, verbose_name='security forces among the beneficiaries')),
                    ('other_support', models.TextField(blank=True, verbose_name='other support received or asked for')),
                    ('national_contribution', models.TextField(blank=True, verbose_name='national contribution')),
                    ('urgency', models.CharField(choices=[('routine', 'No fixed date'), ('dated', 'Needed by a date'), ('urgent', 'Urgent: a trial, a law or an attack is waiting')], default='routine', max_length=10, verbose_name='urgency')),
                    ('urgency_reason', models.TextField(blank=True, verbose_name='reason of the urgency')),
                    ('wished_from', models.DateField(blank=True, null=True, verbose_name='wished from')),
                    ('wished_until', models.DateField(blank=True, null=True, verbose_name='wished until')),
                    ('signatory_name', models.CharField(blank=True, max_length=200, verbose_name='signed by')),
                    ('signatory_title', models.CharField(blank=True, max_length=200, verbose_name='function of the signatory')),
                    ('letter_reference', models.CharField(blank=True, max_length=100, verbose_name='reference of the letter')),
                    ('letter_date', models.DateField(blank=True, null=True, verbose_name='date of the letter')),
                    ('received_through', models.CharField(choices=[('portal', 'This site'), ('letter', 'Letter'), ('e-mail', 'E-mail'), ('mission', 'Permanent mission')], default='portal', max_length=10, verbose_name='received through')),
                    ('publish', models.CharField(choices=[('nothing', 'Nothing'), ('title', 'The title'), ('summary', 'The title and a summary')], default='nothing', max_length=10, verbose_name='may be published')),
                    ('public_title', models.CharField(blank=True, max_length=200, verbose_name='title for the public')),
                    ('public_summary', models.TextField(blank=True, verbose_name='summary for the public')),
                    ('share_with_donors', models.BooleanField(default=False, verbose_name='may be shown to donors')),
                    ('show_need', models.BooleanField(default=False, verbose_name='the answer on the need may be shown')),
                    ('consent_on', models.DateField(blank=True, editable=False, null=True)),
                    ('released_title', models.CharField(blank=True, editable=False, max_length=64)),
                    ('released_summary', models.CharField(blank=True, editable=False, max_length=64)),
                    ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('received_on', models.DateField(blank=True, editable=False, null=True, verbose_name='received on')),
                    ('complete_since', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('first_decision', models.CharField(blank=True, editable=False, max_length=20)),
                    ('first_decided_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('first_decided_on', models.DateField(blank=True, editable=False, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('returned_from', models.CharField(blank=True, editable=False, max_length=20)),
                    ('held_from', models.CharField(blank=True, editable=False, max_length=20)),
                    ('hold_look_on', models.DateField(blank=True, editable=False, null=True, verbose_name='next look')),
                    ('priority', models.CharField(blank=True, choices=[('high', 'High'), ('normal', 'Normal'), ('low', 'Low')], max_length=10, verbose_name='priority')),
                    ('estimate', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='estimate')),
                    ('estimate_currency', models.CharField(default='USD', max_length=3)),
                    ('not_covered', models.TextField(blank=True, verbose_name='what is not covered')),
                    ('referred_to', models.CharField(blank=True, max_length=200, verbose_name='passed on to')),
                    ('next_look_on', models.DateField(blank=True, null=True, verbose_name='next look on')),
                    ('outcome', models.CharField(blank=True, choices=[('met', 'Needs met'), ('partly_met', 'Partly met'), ('not_met', 'Not met'), ('not_stated', 'Not stated')], max_length=12, verbose_name='needs met')),
                    ('usefulness', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usefulness')),
                    ('timeliness', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='timeliness')),
                    ('turn', models.CharField(choices=[('country', 'the country'), ('programme', 'the programme'), ('nobody', 'nobody')], default='country', editable=False, max_length=10, verbose_name='whose turn')),
                    ('due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='due')),
                    ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('reference', 'title', 'problem', 'assistance_asked', 'beneficiaries', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authored_requests', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='countries.country', verbose_name='country')),
                    ('deciding_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests_to_decide', to=settings.AUTH_USER_MODEL, verbose_name='deciding manager')),
                    ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='countries.institution', verbose_name='requesting institution')),
                    ('lead_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_requests', to=settings.AUTH_USER_MODEL, verbose_name='lead officer')),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='assistance.assistancerequest', verbose_name='continued in')),
                ],
                options={
                    'verbose_name': 'request',
                    'verbose_name_plural': 'requests',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='AssessmentHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('round', models.PositiveSmallIntegerField()),
                    ('notes', models.JSONField(default=dict)),
                    ('relevance', models.TextField(verbose_name='relevance')),
                    ('done_before', models.TextField(verbose_name='what was done before')),
                    ('overlap', models.TextField(verbose_name='overlap with the support of others')),
                    ('capacity', models.TextField(verbose_name='capacity of the country and of the programme')),
                    ('cost', models.TextField(verbose_name='cost')),
                    ('risk', models.TextField(verbose_name='risk')),
                    ('recommendation', models.CharField(blank=True, choices=[('accept', 'Accept'), ('waitlist', 'Put on the waiting list'), ('refer', 'Refer to another organisation'), ('decline', 'Do not accept')], max_length=10, verbose_name='recommendation')),
                    ('reasons', models.TextField(blank=True, verbose_name='reasons of the recommendation')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('returned_at', models.DateTimeField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.assessment')),
                    ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='AttendanceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.attendance')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CaseClock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('standard', models.CharField(max_length=30)),
                    ('days', models.PositiveSmallIntegerField()),
                    ('started_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('paused_on', models.DateField(blank=True, null=True)),
                    ('days_left', models.SmallIntegerField(blank=True, null=True)),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('end', models.CharField(blank=True, choices=[('act', 'done'), ('void', 'no longer asked for')], max_length=5)),
                    ('days_used', models.SmallIntegerField(blank=True, null=True)),
                    ('reminders', models.PositiveSmallIntegerField(default=0)),
                    ('reminded_on', models.DateField(blank=True, null=True)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='assistance.assistancerequest')),
                ],
                options={
                    'ordering': ['request', 'id'],
                },
            ),
            migrations.CreateModel(
                name='CaseClockEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('round', models.PositiveSmallIntegerField()),
                    ('standard', models.CharField(max_length=30)),
                    ('days', models.PositiveSmallIntegerField()),
                    ('started_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('paused_on', models.DateField(blank=True, null=True)),
                    ('days_left', models.SmallIntegerField(blank=True, null=True)),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('end', models.CharField(blank=True, choices=[('act', 'done'), ('void', 'no longer asked for')], max_length=5)),
                    ('days_used', models.SmallIntegerField(blank=True, null=True)),
                    ('reminders', models.PositiveSmallIntegerField(default=0)),
                    ('reminded_on', models.DateField(blank=True, null=True)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.caseclock')),
                    ('request', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CaseEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('action', models.CharField(max_length=30)),
                    ('from_state', models.CharField(choices=[('draft', 'Draft'), ('awaiting_clearance', 'Awaiting clearance'), ('submitted', 'Submitted'), ('under_review', 'Under review'), ('returned', 'Returned with questions'), ('waitlisted', 'Waitlisted'), ('accepted', 'Accepted'), ('plan_proposed', 'Plan proposed'), ('planned', 'Planned'), ('in_delivery', 'In delivery'), ('delivered', 'Delivered'), ('closed', 'Closed'), ('declined', 'Declined'), ('referred', 'Referred'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('discontinued', 'Discontinued'), ('lapsed', 'Lapsed'), ('on_hold', 'On hold'), ('discarded', 'Discarded')], max_length=20)),
                    ('to_state', models.CharField(choices=[('draft', 'Draft'), ('awaiting_clearance', 'Awaiting clearance'), ('submitted', 'Submitted'), ('under_review', 'Under review'), ('returned', 'Returned with questions'), ('waitlisted', 'Waitlisted'), ('accepted', 'Accepted'), ('plan_proposed', 'Plan proposed'), ('planned', 'Planned'), ('in_delivery', 'In delivery'), ('delivered', 'Delivered'), ('closed', 'Closed'), ('declined', 'Declined'), ('referred', 'Referred'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('discontinued', 'Discontinued'), ('lapsed', 'Lapsed'), ('on_hold', 'On hold'), ('discarded', 'Discarded')], max_length=20)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('on_behalf', models.BooleanField(default=False)),
                    ('shared', models.BooleanField(default=True)),
                    ('data', models.JSONField(default=dict)),
                    ('text_hashes', models.JSONField(default=dict)),
                    ('acted_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_events', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assistance.assistancerequest')),
                ],
                options={
                    'verbose_name': 'case event',
                    'verbose_name_plural': 'case events',
                    'ordering': ['request', 'id'],
                },
            ),
            migrations.CreateModel(
                name='CountryParticipation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('women', models.PositiveIntegerField(blank=True, null=True, verbose_name='women')),
                    ('men', models.PositiveIntegerField(blank=True, null=True, verbose_name='men')),
                    ('other', models.PositiveIntegerField(blank=True, null=True, verbose_name='other')),
                    ('unknown', models.PositiveIntegerField(blank=True, null=True, verbose_name='not known')),
                    ('not_yet_known', models.BooleanField(default=False, verbose_name='not yet known')),
                    ('institutions', models.CharField(blank=True, max_length=500, verbose_name='institutions')),
                    ('is_expected', models.BooleanField(default=True, editable=False)),
                    ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='countries.country')),
                ],
                options={
                    'verbose_name': 'participation',
                    'verbose_name_plural': 'participation',
                    'ordering': ['part', 'country__iso3'],
                },
            ),
            migrations.CreateModel(
                name='CountryParticipationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('women', models.PositiveIntegerField(blank=True, null=True, verbose_name='women')),
                    ('men', models.PositiveIntegerField(blank=True, null=True, verbose_name='men')),
                    ('other', models.PositiveIntegerField(blank=True, null=True, verbose_name='other')),
                    ('unknown', models.PositiveIntegerField(blank=True, null=True, verbose_name='not known')),
                    ('not_yet_known', models.BooleanField(default=False, verbose_name='not yet known')),
                    ('institutions', models.CharField(blank=True, max_length=500, verbose_name='institutions')),
                    ('is_expected', models.BooleanField(default=True, editable=False)),
                    ('country', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.countryparticipation')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddField(
                model_name='assessment',
                name='request',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assessment', to='assistance.assistancerequest'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donor',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_donorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='f279584b74ad86bff97840b899da6398834c8713', operation='INSERT', pgid='pgtrigger_insert_insert_44fcc', table='assistance_donor', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donor',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_donorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='7b01a41e9504617ade424f0ff091fe3e39c47aba', operation='UPDATE', pgid='pgtrigger_update_update_f8699', table='assistance_donor', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donor',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_donorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='775f250ff170fed72bf6573ed9ed79b52180008c', operation='DELETE', pgid='pgtrigger_delete_delete_8b0b8', table='assistance_donor', when='AFTER')),
            ),
            migrations.AddField(
                model_name='donorconsent',
                name='donor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='assistance.donor'),
            ),
            migrations.AddField(
                model_name='donorconsent',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='donor_consents', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='donorconsentevent',
                name='donor',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.donor'),
            ),
            migrations.AddField(
                model_name='donorconsentevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='donorconsentevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.donorconsent'),
            ),
            migrations.AddField(
                model_name='donorconsentevent',
                name='request',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='donorevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='donorevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.donor'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='created_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='engagement',
                name='lead_officer',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_engagements', to=settings.AUTH_USER_MODEL, verbose_name='lead officer'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='recorded_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_engagements', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='engagementevent',
                name='actor',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagement_events', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='engagementevent',
                name='engagement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='created_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='lead_officer',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lead officer'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='recorded_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='engagementpart',
                name='engagement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='countryparticipationevent',
                name='part',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagementpart'),
            ),
            migrations.AddField(
                model_name='countryparticipation',
                name='part',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='assistance.engagementpart'),
            ),
            migrations.AddField(
                model_name='attendanceevent',
                name='part',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagementpart'),
            ),
            migrations.AddField(
                model_name='attendance',
                name='part',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='assistance.engagementpart'),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='engagement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='engagementpartevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.engagementpart'),
            ),
            migrations.AddField(
                model_name='engagementrequest',
                name='engagement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='engagementrequest',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='requests',
                field=models.ManyToManyField(related_name='engagements', through='assistance.EngagementRequest', to='assistance.assistancerequest', verbose_name='requests'),
            ),
            migrations.AddField(
                model_name='engagementrequestevent',
                name='engagement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='engagementrequestevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='engagementrequestevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.engagementrequest'),
            ),
            migrations.AddField(
                model_name='engagementrequestevent',
                name='request',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest'),
            ),
            migrations.AddIndex(
                model_name='eventseal',
                index=models.Index(fields=['kind', 'subject', '-id'], name='event_seal_last'),
            ),
            migrations.AddConstraint(
                model_name='eventseal',
                constraint=models.UniqueConstraint(fields=('kind', 'event'), name='event_sealed_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventseal',
                trigger=pgtrigger.compiler.Trigger(name='event_seal_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4d85a50177f1fdeb641d38f0d833174b62d771a', operation='UPDATE OR DELETE', pgid='pgtrigger_event_seal_append_only_3057e', table='assistance_eventseal', when='BEFORE')),
            ),
            migrations.AddField(
                model_name='eventtext',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='assistance.caseevent'),
            ),
            migrations.AddField(
                model_name='funding',
                name='donor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='assistance.donor'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='funding',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.funding', verbose_name='funding'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='funding',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='assistance.funding', verbose_name='funding'),
            ),
            migrations.AddField(
                model_name='assistancerequest',
                name='funding',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='assistance.funding', verbose_name='funding'),
            ),
            migrations.AddField(
                model_name='fundingevent',
                name='donor',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.donor'),
            ),
            migrations.AddField(
                model_name='fundingevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='fundingevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.funding'),
            ),
            migrations.AddField(
                model_name='holidayevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='holidayevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.holiday'),
            ),
            migrations.AddField(
                model_name='nextstep',
                name='country',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='countries.country', verbose_name='country'),
            ),
            migrations.AddField(
                model_name='nextstep',
                name='engagement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='next_steps', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='nextstepevent',
                name='country',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country', verbose_name='country'),
            ),
            migrations.AddField(
                model_name='nextstepevent',
                name='engagement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='nextstepevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='nextstepevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.nextstep'),
            ),
            migrations.AddField(
                model_name='person',
                name='country',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='countries.country', verbose_name='country'),
            ),
            migrations.AddField(
                model_name='person',
                name='recorded_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='attendanceevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.person'),
            ),
            migrations.AddField(
                model_name='attendance',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='assistance.person'),
            ),
            migrations.AddField(
                model_name='personevent',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country', verbose_name='country'),
            ),
            migrations.AddField(
                model_name='personevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='personevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.person'),
            ),
            migrations.AddField(
                model_name='personevent',
                name='recorded_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='fundingevent',
                name='pillar',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.pillar', verbose_name='earmarked for'),
            ),
            migrations.AddField(
                model_name='funding',
                name='pillar',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='assistance.pillar', verbose_name='earmarked for'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='pillar',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.pillar', verbose_name='main pillar'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='pillar',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='assistance.pillar', verbose_name='main pillar'),
            ),
            migrations.AddField(
                model_name='assistancerequest',
                name='pillar',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='assistance.pillar', verbose_name='pillar'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pillar',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='da396fd091f121a9ea53a6a1d5299601b4a9efbd', operation='INSERT', pgid='pgtrigger_insert_insert_ecf74', table='assistance_pillar', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pillar',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='218763cd09effa93b7443336e44c8a0c2a2dbb38', operation='UPDATE', pgid='pgtrigger_update_update_4af16', table='assistance_pillar', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pillar',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_pillarevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_until") VALUES (OLD."code", OLD."id", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='a864f6d739988c9ec85e9f6156cfcc15edb2edd1', operation='DELETE', pgid='pgtrigger_delete_delete_27b8b', table='assistance_pillar', when='AFTER')),
            ),
            migrations.AddField(
                model_name='pillarevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='pillarevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.pillar'),
            ),
            migrations.AddField(
                model_name='planindicatorevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='planindicatorevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.planindicator'),
            ),
            migrations.AddField(
                model_name='plannedstepevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='plannedstepevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.plannedstep'),
            ),
            migrations.AddField(
                model_name='programme',
                name='eligible_group',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='countries.countrygroup', verbose_name='eligible countries'),
            ),
            migrations.AddField(
                model_name='personevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='person',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='holidayevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='holiday',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='fundingevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='funding',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='engagementhistory',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme', verbose_name='programme'),
            ),
            migrations.AddField(
                model_name='engagement',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='assistance.programme', verbose_name='programme'),
            ),
            migrations.AddField(
                model_name='assistancerequest',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='assistance.programme', verbose_name='programme'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='eligible_group',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.countrygroup', verbose_name='eligible countries'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='programmeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='programmemembership',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='programmemembership',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='programmemembershipevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='programmemembershipevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.programmemembership'),
            ),
            migrations.AddField(
                model_name='programmemembershipevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='programmemembershipevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='assistancerequest',
                name='reason_code',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='assistance.reasoncode', verbose_name='reason'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reasoncode',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_reasoncodeevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_for") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."used_for"); RETURN NULL;', hash='978fa325a46759a7ffb1b7bc18f8f62f9ebf6ceb', operation='INSERT', pgid='pgtrigger_insert_insert_268cb', table='assistance_reasoncode', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reasoncode',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_reasoncodeevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_for") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."used_for"); RETURN NULL;', hash='b04623ae24fb2847423684cd0840e78cbbbddb9a', operation='UPDATE', pgid='pgtrigger_update_update_5b984', table='assistance_reasoncode', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reasoncode',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_reasoncodeevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_for") VALUES (OLD."code", OLD."id", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."used_for"); RETURN NULL;', hash='a165892c0a324a82ac39ea2877c5b7f9dbeebd58', operation='DELETE', pgid='pgtrigger_delete_delete_f7b1d', table='assistance_reasoncode', when='AFTER')),
            ),
            migrations.AddField(
                model_name='reasoncodeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='reasoncodeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.reasoncode'),
            ),
            migrations.AddField(
                model_name='recordedcountry',
                name='country',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recorded_engagements', to='countries.country'),
            ),
            migrations.AddField(
                model_name='recordedcountry',
                name='engagement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recorded_countries', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='recordedcountryevent',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country'),
            ),
            migrations.AddField(
                model_name='recordedcountryevent',
                name='engagement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.engagement'),
            ),
            migrations.AddField(
                model_name='recordedcountryevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='recordedcountryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.recordedcountry'),
            ),
            migrations.AddConstraint(
                model_name='referencecounter',
                constraint=models.UniqueConstraint(fields=('series', 'year'), name='reference_counter_once'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='author',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country', verbose_name='country'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='deciding_manager',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deciding manager'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='funding',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.funding', verbose_name='funding'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='institution',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.institution', verbose_name='requesting institution'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='lead_officer',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lead officer'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='merged_into',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest', verbose_name='continued in'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='pillar',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.pillar', verbose_name='pillar'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme', verbose_name='programme'),
            ),
            migrations.AddField(
                model_name='requesthistory',
                name='reason_code',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.reasoncode', verbose_name='reason'),
            ),
            migrations.AddField(
                model_name='responseplan',
                name='agreed_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='responseplan',
                name='proposed_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='responseplan',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='plannedstepevent',
                name='plan',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.responseplan'),
            ),
            migrations.AddField(
                model_name='plannedstep',
                name='plan',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='assistance.responseplan'),
            ),
            migrations.AddField(
                model_name='planindicatorevent',
                name='plan',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.responseplan'),
            ),
            migrations.AddField(
                model_name='planindicator',
                name='plan',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='assistance.responseplan'),
            ),
            migrations.AddField(
                model_name='responseplanevent',
                name='agreed_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='responseplanevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='responseplanevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.responseplan'),
            ),
            migrations.AddField(
                model_name='responseplanevent',
                name='proposed_by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='responseplanevent',
                name='request',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.assistancerequest'),
            ),
            migrations.AddField(
                model_name='standard',
                name='programme',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standards', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='standardevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='standardevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.standard'),
            ),
            migrations.AddField(
                model_name='standardevent',
                name='programme',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme'),
            ),
            migrations.AddField(
                model_name='statespan',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='assistance.assistancerequest'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_themeevent" ("code", "id", "is_active", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."is_active", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='da43fb27fe2817e6eaa4bc15e3b8e90aeb807961', operation='INSERT', pgid='pgtrigger_insert_insert_e5d3e', table='assistance_theme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_themeevent" ("code", "id", "is_active", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."is_active", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='6445030165f8be5f87fcde7e7c8615a676f102de', operation='UPDATE', pgid='pgtrigger_update_update_3148c', table='assistance_theme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='theme',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_themeevent" ("code", "id", "is_active", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."is_active", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='5104f7fb3ea41cb3cbdc9861e3b89a179509b6a2', operation='DELETE', pgid='pgtrigger_delete_delete_4d079', table='assistance_theme', when='AFTER')),
            ),
            migrations.AddField(
                model_name='themeevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='themeevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='assistance.theme'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessmenthistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='973573d2852fd163c67d4335e72cda6b53920f7a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3388a', table='assistance_assessmenthistory', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('recommendation__in', ['accept', 'waitlist', 'refer', 'decline', ''])), name='assessment_recommendation_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_assessmenthistory" ("capacity", "cost", "done_before", "id", "notes", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "recommendation", "relevance", "request_id", "returned_at", "risk", "round", "written_at", "written_by_id") VALUES (NEW."capacity", NEW."cost", NEW."done_before", NEW."id", NEW."notes", NEW."overlap", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."recommendation", NEW."relevance", NEW."request_id", NEW."returned_at", NEW."risk", NEW."round", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='c63eb1f36b709707670e42fd5f20bab6fd9b8191', operation='INSERT', pgid='pgtrigger_insert_insert_879fd', table='assistance_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_assessmenthistory" ("capacity", "cost", "done_before", "id", "notes", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "recommendation", "relevance", "request_id", "returned_at", "risk", "round", "written_at", "written_by_id") VALUES (NEW."capacity", NEW."cost", NEW."done_before", NEW."id", NEW."notes", NEW."overlap", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."recommendation", NEW."relevance", NEW."request_id", NEW."returned_at", NEW."risk", NEW."round", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='9b9ef81eec75bf129642633301ff2e255c273318', operation='UPDATE', pgid='pgtrigger_update_update_2dd81', table='assistance_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_assessmenthistory" ("capacity", "cost", "done_before", "id", "notes", "overlap", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "recommendation", "relevance", "request_id", "returned_at", "risk", "round", "written_at", "written_by_id") VALUES (OLD."capacity", OLD."cost", OLD."done_before", OLD."id", OLD."notes", OLD."overlap", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons", OLD."recommendation", OLD."relevance", OLD."request_id", OLD."returned_at", OLD."risk", OLD."round", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='dd575bc9f5d0744d6aad02fbb2d16beb312ef67b', operation='DELETE', pgid='pgtrigger_delete_delete_c5fe9', table='assistance_assessment', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='caseclock',
                index=models.Index(fields=['standard', 'due_on'], name='clock_due'),
            ),
            migrations.AddIndex(
                model_name='caseclock',
                index=models.Index(fields=['standard', 'ended_on'], name='clock_ended'),
            ),
            migrations.AddConstraint(
                model_name='caseclock',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('request', 'standard'), name='clock_one_running_a_standard'),
            ),
            migrations.AddConstraint(
                model_name='caseclock',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('days_left__isnull', True), ('paused_on__isnull', True)), models.Q(('days_left__isnull', False), ('paused_on__isnull', False)), _connector='OR'), name='clock_pause_knows_rest'),
            ),
            migrations.AddConstraint(
                model_name='caseclock',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_on__isnull', True)), models.Q(('ended_on__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='clock_end_says_how'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='caseclock',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_caseclockevent" ("days", "days_left", "days_used", "due_on", "end", "ended_on", "id", "paused_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "request_id", "round", "standard", "started_on") VALUES (NEW."days", NEW."days_left", NEW."days_used", NEW."due_on", NEW."end", NEW."ended_on", NEW."id", NEW."paused_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reminded_on", NEW."reminders", NEW."request_id", NEW."round", NEW."standard", NEW."started_on"); RETURN NULL;', hash='5c6b3459b847217696fee7252cdb6a1737637918', operation='INSERT', pgid='pgtrigger_insert_insert_f89b7', table='assistance_caseclock', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='caseclock',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_caseclockevent" ("days", "days_left", "days_used", "due_on", "end", "ended_on", "id", "paused_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "request_id", "round", "standard", "started_on") VALUES (NEW."days", NEW."days_left", NEW."days_used", NEW."due_on", NEW."end", NEW."ended_on", NEW."id", NEW."paused_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reminded_on", NEW."reminders", NEW."request_id", NEW."round", NEW."standard", NEW."started_on"); RETURN NULL;', hash='60d8c5e62c906a2b0a55a58cd30d0f75b8fbc468', operation='UPDATE', pgid='pgtrigger_update_update_beb41', table='assistance_caseclock', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='caseclock',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_caseclockevent" ("days", "days_left", "days_used", "due_on", "end", "ended_on", "id", "paused_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "request_id", "round", "standard", "started_on") VALUES (OLD."days", OLD."days_left", OLD."days_used", OLD."due_on", OLD."end", OLD."ended_on", OLD."id", OLD."paused_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reminded_on", OLD."reminders", OLD."request_id", OLD."round", OLD."standard", OLD."started_on"); RETURN NULL;', hash='d26637a92514ebb1844a23d818237acb52436da6', operation='DELETE', pgid='pgtrigger_delete_delete_84939', table='assistance_caseclock', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='caseclockevent',
                index=models.Index(fields=['standard', 'due_on'], name='clock_history_due'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='caseclockevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2cd48d7e9994ed650fe1a4115560f3391064e796', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38363', table='assistance_caseclockevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='caseevent',
                index=models.Index(fields=['request', '-id'], name='case_event_timeline'),
            ),
            migrations.AddIndex(
                model_name='caseevent',
                index=models.Index(fields=['action', 'at'], name='case_event_by_action'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='caseevent',
                trigger=pgtrigger.compiler.Trigger(name='case_event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='666e126f90c99c8de6e41d28f550d9931ffcd2ef', operation='UPDATE OR DELETE', pgid='pgtrigger_case_event_append_only_b305b', table='assistance_caseevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='donorconsent',
                constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('request', 'donor'), name='donor_consent_once'),
            ),
            migrations.AddConstraint(
                model_name='donorconsent',
                constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='donor_consent_ordered'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donorconsent',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_donorconsentevent" ("donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "since", "until") VALUES (NEW."donor_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id", NEW."since", NEW."until"); RETURN NULL;', hash='cfc9985364217c6ec397fd17f48442d229e18d66', operation='INSERT', pgid='pgtrigger_insert_insert_f9668', table='assistance_donorconsent', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donorconsent',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_donorconsentevent" ("donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "since", "until") VALUES (NEW."donor_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id", NEW."since", NEW."until"); RETURN NULL;', hash='c32c0bb67fabd60c424f401052741989d88f848f', operation='UPDATE', pgid='pgtrigger_update_update_c251c', table='assistance_donorconsent', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donorconsent',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_donorconsentevent" ("donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "since", "until") VALUES (OLD."donor_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id", OLD."since", OLD."until"); RETURN NULL;', hash='820387c7656d0872413029b532c86bf1e5d850ca', operation='DELETE', pgid='pgtrigger_delete_delete_74b70', table='assistance_donorconsent', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donorconsentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b98472d5b3e8dc6add3f09264c6ce73bef85ecbd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_000cf', table='assistance_donorconsentevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='donorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='577b8f5188d9a44667a35677aa51f8a769a59a78', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6dcda', table='assistance_donorevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='engagementevent',
                index=models.Index(fields=['engagement', '-id'], name='engagement_event_timeline'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementevent',
                trigger=pgtrigger.compiler.Trigger(name='engagement_event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='57c188f8a8f520a9cec9b1026e3a1f21d36f3e84', operation='UPDATE OR DELETE', pgid='pgtrigger_engagement_event_append_only_b7181', table='assistance_engagementevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='engagementpart',
                index=models.Index(fields=['ends_on'], name='part_by_end'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.UniqueConstraint(fields=('engagement', 'number'), name='part_number_once'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='part_ordered', violation_error_message='The part ends before it begins.'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('days__isnull', True), ('days__gt', 0), _connector='OR'), name='part_days_above_zero', violation_error_message='Write a number of days above zero.'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('hours__isnull', True), ('hours__gt', 0), _connector='OR'), name='part_hours_above_zero', violation_error_message='Write a number of hours above zero.'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('planned_cost__isnull', True), ('planned_cost__gte', 0), _connector='OR'), name='part_planned_cost_not_negative', violation_error_message='Write an amount of zero or above.'),
            ),
            migrations.AddConstraint(
                model_name='engagementpart',
                constraint=models.CheckConstraint(condition=models.Q(('actual_cost__isnull', True), ('actual_cost__gte', 0), _connector='OR'), name='part_actual_cost_not_negative', violation_error_message='Write an amount of zero or above.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='held_part_stays_held', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF OLD.held_on IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.held_on IS NULL) THEN\n        RAISE EXCEPTION 'A part that was held stays held: strike part % out instead', OLD.id;\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='a346bd11f3985d33a6b3dcaca7d21883f3cacc37', operation='UPDATE OR DELETE', pgid='pgtrigger_held_part_stays_held_fbc7a', table='assistance_engagementpart', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (NEW."actual_cost", NEW."days", NEW."ends_on", NEW."engagement_id", NEW."held_on", NEW."hours", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_cost", NEW."starts_on", NEW."struck_on", NEW."title"); RETURN NULL;', hash='7f2aa20de8db67476b247e8605108a40a000295d', operation='INSERT', pgid='pgtrigger_insert_insert_2a6f0', table='assistance_engagementpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (NEW."actual_cost", NEW."days", NEW."ends_on", NEW."engagement_id", NEW."held_on", NEW."hours", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_cost", NEW."starts_on", NEW."struck_on", NEW."title"); RETURN NULL;', hash='ca8ac971c5b2f1ac22749eca19956c5ef7be1505', operation='UPDATE', pgid='pgtrigger_update_update_53914', table='assistance_engagementpart', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpart',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementpartevent" ("actual_cost", "days", "ends_on", "engagement_id", "held_on", "hours", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cost", "starts_on", "struck_on", "title") VALUES (OLD."actual_cost", OLD."days", OLD."ends_on", OLD."engagement_id", OLD."held_on", OLD."hours", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_cost", OLD."starts_on", OLD."struck_on", OLD."title"); RETURN NULL;', hash='7b4dab4083dba6f319997a131e54fe4f70daf49e', operation='DELETE', pgid='pgtrigger_delete_delete_4e3ec', table='assistance_engagementpart', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='countryparticipationevent',
                index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['pgh_created_at'], name='participation_history_by_time'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7dec7059489d46884bb6e962d2fedff4298818eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a1e9', table='assistance_countryparticipationevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='countryparticipation',
                index=models.Index(fields=['country', 'part'], name='participation_of_country'),
            ),
            migrations.AddConstraint(
                model_name='countryparticipation',
                constraint=models.UniqueConstraint(fields=('part', 'country'), name='participation_once', violation_error_message='This country is in the list already.'),
            ),
            migrations.AddConstraint(
                model_name='countryparticipation',
                constraint=models.CheckConstraint(condition=models.Q(('not_yet_known', False), models.Q(('men__isnull', True), ('other__isnull', True), ('unknown__isnull', True), ('women__isnull', True)), _connector='OR'), name='participation_numbers_or_not_yet_known', violation_error_message='Write numbers or tick “not yet known”, not both.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."institutions", NEW."is_expected", NEW."men", NEW."not_yet_known", NEW."other", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unknown", NEW."women"); RETURN NULL;', hash='bc557002ca979e51a5c76b9b6d18bfc37562401c', operation='INSERT', pgid='pgtrigger_insert_insert_499a9', table='assistance_countryparticipation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (NEW."country_id", NEW."id", NEW."institutions", NEW."is_expected", NEW."men", NEW."not_yet_known", NEW."other", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unknown", NEW."women"); RETURN NULL;', hash='b8341eb9d80e614daac4ec683cafffe1f34274fc', operation='UPDATE', pgid='pgtrigger_update_update_289ef', table='assistance_countryparticipation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryparticipation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_countryparticipationevent" ("country_id", "id", "institutions", "is_expected", "men", "not_yet_known", "other", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unknown", "women") VALUES (OLD."country_id", OLD."id", OLD."institutions", OLD."is_expected", OLD."men", OLD."not_yet_known", OLD."other", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unknown", OLD."women"); RETURN NULL;', hash='ac0435d531979ce2026e63fb889ce3b581375cae', operation='DELETE', pgid='pgtrigger_delete_delete_12aa3', table='assistance_countryparticipation', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='engagementpartevent',
                index=models.Index(fields=['ends_on'], name='part_history_by_end'),
            ),
            migrations.AddIndex(
                model_name='engagementpartevent',
                index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['pgh_created_at'], name='part_history_by_time'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementpartevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ab33fd50e59a91ada7afbf2e9863cacbe7177f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c38e', table='assistance_engagementpartevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='engagementrequest',
                constraint=models.UniqueConstraint(fields=('engagement', 'request'), name='engagement_request_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementrequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementrequestevent" ("engagement_id", "id", "linked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."engagement_id", NEW."id", NEW."linked_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id"); RETURN NULL;', hash='01cae09ab287637af7af9507dae539b2105318b4', operation='INSERT', pgid='pgtrigger_insert_insert_d0155', table='assistance_engagementrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementrequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_engagementrequestevent" ("engagement_id", "id", "linked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."engagement_id", NEW."id", NEW."linked_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id"); RETURN NULL;', hash='cde7b57d7b4a156070e20bc91a47f8ee7e3ff7e7', operation='UPDATE', pgid='pgtrigger_update_update_04182', table='assistance_engagementrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementrequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementrequestevent" ("engagement_id", "id", "linked_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (OLD."engagement_id", OLD."id", OLD."linked_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id"); RETURN NULL;', hash='9f3e2ea1c2576d55797a17160f140f13bdf5d564', operation='DELETE', pgid='pgtrigger_delete_delete_618d5', table='assistance_engagementrequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2405830a7e6aff69aa9f31aaa32c8bb854014158', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4f917', table='assistance_engagementrequestevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='eventtext',
                constraint=models.UniqueConstraint(fields=('event', 'field'), name='event_text_once'),
            ),
            migrations.AddConstraint(
                model_name='eventtext',
                constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('text', ''), _connector='OR'), name='event_text_erased_is_empty'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventtext',
                trigger=pgtrigger.compiler.Trigger(name='event_text_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='233f31489ff98f436d9f9d59421da79f1fc64fd9', operation='DELETE', pgid='pgtrigger_event_text_kept_8ead5', table='assistance_eventtext', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventtext',
                trigger=pgtrigger.compiler.Trigger(name='event_text_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."erased_at" IS NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='00ffc38b956ad4ef1ad7b90be90ca285eb4d72b7', operation='UPDATE', pgid='pgtrigger_event_text_unchanged_fbbf2', table='assistance_eventtext', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='nextstep',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('side', 'theirs'), _negated=True), ('country__isnull', False), _connector='OR'), name='next_step_theirs_has_country', violation_error_message='Say which country is to do it.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (NEW."country_id", NEW."done_on", NEW."due_on", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."what"); RETURN NULL;', hash='322967b0a01c195d6294a0a0287cb4487c0d8f2c', operation='INSERT', pgid='pgtrigger_insert_insert_eda53', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (NEW."country_id", NEW."done_on", NEW."due_on", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."what"); RETURN NULL;', hash='22e3a1f6fa53e003a53f2b2a29ccc77dc2d3b0d0', operation='UPDATE', pgid='pgtrigger_update_update_c7cfd', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_nextstepevent" ("country_id", "done_on", "due_on", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "what") VALUES (OLD."country_id", OLD."done_on", OLD."due_on", OLD."engagement_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."side", OLD."what"); RETURN NULL;', hash='94da261cd0e9ddff70e477c22ba3d406f37d1412', operation='DELETE', pgid='pgtrigger_delete_delete_f38e0', table='assistance_nextstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='nextstepevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='60bf75f500e32dd554554ac8af92db5db4d9e44a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d78cf', table='assistance_nextstepevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendanceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6676d62ec803de1bd8af449425cba761e9a517fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49ea1', table='assistance_attendanceevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='attendance',
                index=models.Index(fields=['person'], name='attendance_of_person'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.UniqueConstraint(fields=('part', 'person'), name='attendance_once', violation_error_message='This person is in the list already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_attendanceevent" ("id", "part_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."part_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c1bee6615df9b2cd7c3e45a3b8dd76a63cc78382', operation='INSERT', pgid='pgtrigger_insert_insert_8b2df', table='assistance_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_attendanceevent" ("id", "part_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."part_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='de3bf3407c7c6c898625d4796bf59e7ba1793615', operation='UPDATE', pgid='pgtrigger_update_update_74b8b', table='assistance_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attendance',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_attendanceevent" ("id", "part_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."part_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='b5ca6fd4d4de0d86af6f1087cf5c96b730791a14', operation='DELETE', pgid='pgtrigger_delete_delete_fcaae', table='assistance_attendance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pillarevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8c2a457530b934f3baa2cbf602c835cf18eabb56', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a59c1', table='assistance_pillarevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (NEW."code", NEW."currency", NEW."eligible_group_id", NEW."holiday_country", NEW."id", NEW."is_active", NEW."names_kept_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."zone"); RETURN NULL;', hash='ea7af842271a5ef1e3c887deeca279f44d70850c', operation='INSERT', pgid='pgtrigger_insert_insert_9249f', table='assistance_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (NEW."code", NEW."currency", NEW."eligible_group_id", NEW."holiday_country", NEW."id", NEW."is_active", NEW."names_kept_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."zone"); RETURN NULL;', hash='4437f07f919ecbb1e7dba4ae3393e14b484ae105', operation='UPDATE', pgid='pgtrigger_update_update_e56e7', table='assistance_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programme',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_programmeevent" ("code", "currency", "eligible_group_id", "holiday_country", "id", "is_active", "names_kept_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "zone") VALUES (OLD."code", OLD."currency", OLD."eligible_group_id", OLD."holiday_country", OLD."id", OLD."is_active", OLD."names_kept_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."zone"); RETURN NULL;', hash='e0db6eefa03670c7ddbc10f4b0491cc8570ccb85', operation='DELETE', pgid='pgtrigger_delete_delete_cc64d', table='assistance_programme', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='personevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e5125e5a0c3360a46697e258daf303bd0d4e854', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_33690', table='assistance_personevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='person',
                index=models.Index(condition=models.Q(('is_contact', True)), fields=['programme', 'country'], name='person_contacts'),
            ),
            migrations.AddIndex(
                model_name='person',
                index=models.Index(condition=models.Q(('erased_at__isnull', True)), fields=['keep_until'], name='person_to_erase'),
            ),
            migrations.AddIndex(
                model_name='person',
                index=models.Index(condition=models.Q(('identity', ''), _negated=True), fields=['programme', 'identity'], name='person_by_identity'),
            ),
            migrations.AddConstraint(
                model_name='person',
                constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('email', ''), ('function', ''), ('identity', ''), ('institution', ''), ('is_contact', False), ('name', ''), ('phone', '')), _connector='OR'), name='person_erased_is_empty'),
            ),
            migrations.AddConstraint(
                model_name='person',
                constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='person_has_name', violation_error_message="Write the person's name."),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_personevent" ("country_id", "erased_at", "id", "is_contact", "keep_until", "may_be_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "recorded_by_id", "sex") VALUES (NEW."country_id", NEW."erased_at", NEW."id", NEW."is_contact", NEW."keep_until", NEW."may_be_asked", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."recorded_by_id", NEW."sex"); RETURN NULL;', hash='ab95836dc90f2ceb0ce743730939f36efa22f8df', operation='INSERT', pgid='pgtrigger_insert_insert_9eaf0', table='assistance_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_personevent" ("country_id", "erased_at", "id", "is_contact", "keep_until", "may_be_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "recorded_by_id", "sex") VALUES (NEW."country_id", NEW."erased_at", NEW."id", NEW."is_contact", NEW."keep_until", NEW."may_be_asked", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."recorded_by_id", NEW."sex"); RETURN NULL;', hash='e0dfee9c0681dcf071364b4c086b65084d79be05', operation='UPDATE', pgid='pgtrigger_update_update_32fe1', table='assistance_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='person',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_personevent" ("country_id", "erased_at", "id", "is_contact", "keep_until", "may_be_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "recorded_by_id", "sex") VALUES (OLD."country_id", OLD."erased_at", OLD."id", OLD."is_contact", OLD."keep_until", OLD."may_be_asked", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."recorded_at", OLD."recorded_by_id", OLD."sex"); RETURN NULL;', hash='71aa8a72109b62f2f2b8198013180833d227bd81', operation='DELETE', pgid='pgtrigger_delete_delete_15924', table='assistance_person', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='holidayevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bdae36ee80abdc8748906a2f78fed8ac47803274', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_89644', table='assistance_holidayevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='holiday',
                constraint=models.UniqueConstraint(fields=('programme', 'day'), name='holiday_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='holiday',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_holidayevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='29f9df6baefcbdbf23b0d73222a7bf793cd4bc46', operation='INSERT', pgid='pgtrigger_insert_insert_67169', table='assistance_holiday', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='holiday',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_holidayevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='9e6d06945850e4bfcb61a6c2490abc43ffe476ab', operation='UPDATE', pgid='pgtrigger_update_update_06f61', table='assistance_holiday', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='holiday',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_holidayevent" ("day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (OLD."day", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."title"); RETURN NULL;', hash='0c9b6cd2cb47232d1f9bfd7c8c607bc6f4bf1d34', operation='DELETE', pgid='pgtrigger_delete_delete_14c2c', table='assistance_holiday', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='fundingevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0b74f85fa341a044e2f6b85e6221a0f0e5937e21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_671d7', table='assistance_fundingevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='funding',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='funding_ordered', violation_error_message='The period ends after it begins.'),
            ),
            migrations.AddConstraint(
                model_name='funding',
                constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funding_above_zero', violation_error_message='Write an amount above zero.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='funding',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_fundingevent" ("amount", "currency", "donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "programme_id", "title", "valid_from", "valid_until") VALUES (NEW."amount", NEW."currency", NEW."donor_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."programme_id", NEW."title", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='f5de9885b51bedb817f374ef099b28624ab9761e', operation='INSERT', pgid='pgtrigger_insert_insert_87023', table='assistance_funding', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='funding',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_fundingevent" ("amount", "currency", "donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "programme_id", "title", "valid_from", "valid_until") VALUES (NEW."amount", NEW."currency", NEW."donor_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."programme_id", NEW."title", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='49c74a7d4bab7c3e52958c9e978188e56579c566', operation='UPDATE', pgid='pgtrigger_update_update_c4576', table='assistance_funding', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='funding',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_fundingevent" ("amount", "currency", "donor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "programme_id", "title", "valid_from", "valid_until") VALUES (OLD."amount", OLD."currency", OLD."donor_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."programme_id", OLD."title", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='f579ef4b1e5bd3d4c49df28db5f3e97874eb5909', operation='DELETE', pgid='pgtrigger_delete_delete_ff19c', table='assistance_funding', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='engagementhistory',
                index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['pgh_created_at'], name='engagement_history_by_time'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagementhistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4165692f8ca45624986ec3f0b70b9fca6ab146bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f702', table='assistance_engagementhistory', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(fields=['programme', '-id'], name='engagement_of_programme'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(fields=['programme', 'ends_on'], name='engagement_by_end'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(fields=['programme', 'state', '-id'], name='engagement_by_state'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(condition=models.Q(('state__in', ['planned', 'confirmed'])), fields=['lead_officer', 'ends_on'], name='engagement_to_record'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=django.contrib.postgres.indexes.GinIndex(fields=['theme_codes'], name='engagement_themes'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(models.F('title'), models.OrderBy(models.F('id'), descending=True), name='engagement_by_title'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(models.OrderBy(models.F('starts_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='engagement_latest_first'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=models.Index(models.F('ends_on'), models.F('id'), name='engagement_earliest_end'),
            ),
            migrations.AddIndex(
                model_name='engagement',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), name='gin_trgm_ops'), name='engagement_title_part'),
            ),
            migrations.AddConstraint(
                model_name='engagement',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'confirmed', 'delivered', 'verified', 'cancelled', 'recorded'])), name='engagement_state_known'),
            ),
            migrations.AddConstraint(
                model_name='engagement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True)), models.Q(('ends_on__gte', models.F('starts_on')), ('ends_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='engagement_ordered', violation_error_message='The engagement ends before it begins.'),
            ),
            migrations.AddConstraint(
                model_name='engagement',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'recorded'), models.Q(('ends_on__isnull', False), ('pillar__isnull', False), ('starts_on__isnull', False), ('type__gt', '')), _connector='OR'), name='engagement_own_is_whole', violation_error_message='An engagement needs a pillar, a type and dates.'),
            ),
            migrations.AddConstraint(
                model_name='engagement',
                constraint=models.CheckConstraint(condition=models.Q(('reach__isnull', True), models.Q(('reach_method', ''), _negated=True), _connector='OR'), name='engagement_reach_says_how', violation_error_message='Say how the reach was estimated.'),
            ),
            migrations.AddConstraint(
                model_name='engagement',
                constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('organisation', 'foreign_id'), name='engagement_imported_once', violation_error_message='This record has been imported already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;', hash='8c209af57e6c153cfc3dd34665584ab861ac116d', operation='INSERT', pgid='pgtrigger_insert_insert_fbb4b', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (NEW."budget", NEW."created_at", NEW."created_by_id", NEW."currency", NEW."did_not_take_place", NEW."ends_on", NEW."expense", NEW."follow_up", NEW."foreign_id", NEW."funding_id", NEW."id", NEW."lead_officer_id", NEW."modality", NEW."objectives", NEW."organisation", NEW."origin", NEW."outcome", NEW."partners", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."place", NEW."programme_id", NEW."reach", NEW."reach_method", NEW."recorded_by_id", NEW."reference", NEW."starts_on", NEW."state", NEW."theme_codes", NEW."title", NEW."type", NEW."updated_at", NEW."version"); RETURN NULL;', hash='762c2f2ada412cd78c845d3dfbe1afde3ed79ee4', operation='UPDATE', pgid='pgtrigger_update_update_7696b', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='engagement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_engagementhistory" ("budget", "created_at", "created_by_id", "currency", "did_not_take_place", "ends_on", "expense", "follow_up", "foreign_id", "funding_id", "id", "lead_officer_id", "modality", "objectives", "organisation", "origin", "outcome", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "place", "programme_id", "reach", "reach_method", "recorded_by_id", "reference", "starts_on", "state", "theme_codes", "title", "type", "updated_at", "version") VALUES (OLD."budget", OLD."created_at", OLD."created_by_id", OLD."currency", OLD."did_not_take_place", OLD."ends_on", OLD."expense", OLD."follow_up", OLD."foreign_id", OLD."funding_id", OLD."id", OLD."lead_officer_id", OLD."modality", OLD."objectives", OLD."organisation", OLD."origin", OLD."outcome", OLD."partners", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."place", OLD."programme_id", OLD."reach", OLD."reach_method", OLD."recorded_by_id", OLD."reference", OLD."starts_on", OLD."state", OLD."theme_codes", OLD."title", OLD."type", OLD."updated_at", OLD."version"); RETURN NULL;', hash='fc5d10a37ad1f79d566b89f1570f99e4f1588ebd', operation='DELETE', pgid='pgtrigger_delete_delete_3d94d', table='assistance_engagement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a86d99438702d096e80b7282a386ed65decdba92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f0ef', table='assistance_programmeevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='programmemembership',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='programme_membership_ordered', violation_error_message='A membership ends after it begins.'),
            ),
            migrations.AddConstraint(
                model_name='programmemembership',
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('programme', '='), (core.db.functions.DateRange('valid_from', 'valid_until'), '&&')], name='programme_membership_no_overlap', violation_error_message='This person is a member of the programme in part of these days already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmemembership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_programmemembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reads_names", "role", "user_id", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."reads_names", NEW."role", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='f9918b7aab352c695b8dfc5235f8702c5bcb7dd1', operation='INSERT', pgid='pgtrigger_insert_insert_02e43', table='assistance_programmemembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmemembership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_programmemembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reads_names", "role", "user_id", "valid_from", "valid_until") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."reads_names", NEW."role", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='8ff73343a2c3b5e8a1d72aa20de88ab681803fdf', operation='UPDATE', pgid='pgtrigger_update_update_dc1b7', table='assistance_programmemembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmemembership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_programmemembershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reads_names", "role", "user_id", "valid_from", "valid_until") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."reads_names", OLD."role", OLD."user_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='a5705190808f674544cb6892586fe60789995abf', operation='DELETE', pgid='pgtrigger_delete_delete_86c2a', table='assistance_programmemembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='programmemembershipevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae629009e801103a901b81c5608fb33ab812cd81', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_109ac', table='assistance_programmemembershipevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(fields=['country', '-id'], name='request_of_country'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(fields=['programme', '-id'], name='request_of_programme'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(fields=['programme', 'received_on'], name='request_received'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(fields=['programme', 'state', '-id'], name='request_by_state'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(fields=['programme', 'pillar', '-id'], name='request_by_pillar'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(condition=models.Q(('state__in', ['submitted', 'under_review', 'returned', 'waitlisted', 'accepted', 'plan_proposed', 'planned', 'in_delivery', 'delivered', 'on_hold'])), fields=['programme', 'turn', 'due_on'], name='request_open_by_due'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(condition=models.Q(('state__in', ['submitted', 'under_review', 'returned', 'waitlisted', 'accepted', 'plan_proposed', 'planned', 'in_delivery', 'delivered', 'on_hold'])), fields=['lead_officer', 'due_on'], name='request_open_of_officer'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=models.Index(models.F('title'), models.OrderBy(models.F('id'), descending=True), name='request_by_title'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='request_search'),
            ),
            migrations.AddIndex(
                model_name='assistancerequest',
                index=django.contrib.postgres.indexes.GinIndex(fields=['theme_codes'], name='request_themes'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'awaiting_clearance', 'submitted', 'under_review', 'returned', 'waitlisted', 'accepted', 'plan_proposed', 'planned', 'in_delivery', 'delivered', 'closed', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'on_hold', 'discarded'])), name='request_state_known'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'awaiting_clearance', 'discarded']), models.Q(('received_on__isnull', False), ('reference__isnull', False), ('submitted_at__isnull', False)), ('state', 'withdrawn'), _connector='OR'), name='request_submitted_has_reference'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('reference__isnull', True), ('reference__regex', '^[A-Z]{3}-[0-9]{4}-[0-9]{4,}$'), _connector='OR'), name='request_reference_form'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('wished_from__isnull', True), ('wished_until__isnull', True), ('wished_until__gte', models.F('wished_from')), _connector='OR'), name='request_wish_ordered', violation_error_message='The wished period ends before it begins.'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', False), models.Q(('state', 'merged'), _negated=True), _connector='OR'), name='request_merged_has_target'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='request_not_merged_into_itself'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('usefulness__isnull', True), ('usefulness__range', (1, 5)), _connector='OR'), name='request_usefulness_1_to_5'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('timeliness__isnull', True), ('timeliness__range', (1, 5)), _connector='OR'), name='request_timeliness_1_to_5'),
            ),
            migrations.AddConstraint(
                model_name='assistancerequest',
                constraint=models.CheckConstraint(condition=models.Q(('estimate__isnull', True), ('estimate__gte', 0), _connector='OR'), name='request_estimate_not_negative'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assistancerequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_requesthistory" ("assistance_asked", "assistance_types", "author_id", "beneficiaries", "closed_at", "complete_since", "consent_on", "country_id", "created_at", "deciding_manager_id", "due_on", "estimate", "estimate_currency", "expected_results", "first_decided_at", "first_decided_on", "first_decision", "funding_id", "held_from", "hold_look_on", "id", "institution_id", "language", "lead_officer_id", "letter_date", "letter_reference", "merged_into_id", "national_contribution", "next_look_on", "not_covered", "other_institutions", "other_support", "outcome", "participants_expected", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "priority", "problem", "programme_id", "public_summary", "public_title", "publish", "reason_code_id", "received_on", "received_through", "reference", "referred_to", "released_summary", "released_title", "returned_from", "round", "security_force", "share_with_donors", "show_need", "state", "state_since", "submitted_at", "theme_codes", "timeliness", "title", "tried_before", "turn", "updated_at", "urgency", "urgency_reason", "usefulness", "version", "wished_from", "wished_until") VALUES (NEW."assistance_asked", NEW."assistance_types", NEW."author_id", NEW."beneficiaries", NEW."closed_at", NEW."complete_since", NEW."consent_on", NEW."country_id", NEW."created_at", NEW."deciding_manager_id", NEW."due_on", NEW."estimate", NEW."estimate_currency", NEW."expected_results", NEW."first_decided_at", NEW."first_decided_on", NEW."first_decision", NEW."funding_id", NEW."held_from", NEW."hold_look_on", NEW."id", NEW."institution_id", NEW."language", NEW."lead_officer_id", NEW."letter_date", NEW."letter_reference", NEW."merged_into_id", NEW."national_contribution", NEW."next_look_on", NEW."not_covered", NEW."other_institutions", NEW."other_support", NEW."outcome", NEW."participants_expected", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."priority", NEW."problem", NEW."programme_id", NEW."public_summary", NEW."public_title", NEW."publish", NEW."reason_code_id", NEW."received_on", NEW."received_through", NEW."reference", NEW."referred_to", NEW."released_summary", NEW."released_title", NEW."returned_from", NEW."round", NEW."security_force", NEW."share_with_donors", NEW."show_need", NEW."state", NEW."state_since", NEW."submitted_at", NEW."theme_codes", NEW."timeliness", NEW."title", NEW."tried_before", NEW."turn", NEW."updated_at", NEW."urgency", NEW."urgency_reason", NEW."usefulness", NEW."version", NEW."wished_from", NEW."wished_until"); RETURN NULL;', hash='0435e51fbb385f3d39d84f733752c39579d5ba88', operation='INSERT', pgid='pgtrigger_insert_insert_91b01', table='assistance_assistancerequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assistancerequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_requesthistory" ("assistance_asked", "assistance_types", "author_id", "beneficiaries", "closed_at", "complete_since", "consent_on", "country_id", "created_at", "deciding_manager_id", "due_on", "estimate", "estimate_currency", "expected_results", "first_decided_at", "first_decided_on", "first_decision", "funding_id", "held_from", "hold_look_on", "id", "institution_id", "language", "lead_officer_id", "letter_date", "letter_reference", "merged_into_id", "national_contribution", "next_look_on", "not_covered", "other_institutions", "other_support", "outcome", "participants_expected", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "priority", "problem", "programme_id", "public_summary", "public_title", "publish", "reason_code_id", "received_on", "received_through", "reference", "referred_to", "released_summary", "released_title", "returned_from", "round", "security_force", "share_with_donors", "show_need", "state", "state_since", "submitted_at", "theme_codes", "timeliness", "title", "tried_before", "turn", "updated_at", "urgency", "urgency_reason", "usefulness", "version", "wished_from", "wished_until") VALUES (NEW."assistance_asked", NEW."assistance_types", NEW."author_id", NEW."beneficiaries", NEW."closed_at", NEW."complete_since", NEW."consent_on", NEW."country_id", NEW."created_at", NEW."deciding_manager_id", NEW."due_on", NEW."estimate", NEW."estimate_currency", NEW."expected_results", NEW."first_decided_at", NEW."first_decided_on", NEW."first_decision", NEW."funding_id", NEW."held_from", NEW."hold_look_on", NEW."id", NEW."institution_id", NEW."language", NEW."lead_officer_id", NEW."letter_date", NEW."letter_reference", NEW."merged_into_id", NEW."national_contribution", NEW."next_look_on", NEW."not_covered", NEW."other_institutions", NEW."other_support", NEW."outcome", NEW."participants_expected", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."priority", NEW."problem", NEW."programme_id", NEW."public_summary", NEW."public_title", NEW."publish", NEW."reason_code_id", NEW."received_on", NEW."received_through", NEW."reference", NEW."referred_to", NEW."released_summary", NEW."released_title", NEW."returned_from", NEW."round", NEW."security_force", NEW."share_with_donors", NEW."show_need", NEW."state", NEW."state_since", NEW."submitted_at", NEW."theme_codes", NEW."timeliness", NEW."title", NEW."tried_before", NEW."turn", NEW."updated_at", NEW."urgency", NEW."urgency_reason", NEW."usefulness", NEW."version", NEW."wished_from", NEW."wished_until"); RETURN NULL;', hash='24e9ad3f2e477da5cc227005b252f5fe1474e1d0', operation='UPDATE', pgid='pgtrigger_update_update_9ee14', table='assistance_assistancerequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assistancerequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_requesthistory" ("assistance_asked", "assistance_types", "author_id", "beneficiaries", "closed_at", "complete_since", "consent_on", "country_id", "created_at", "deciding_manager_id", "due_on", "estimate", "estimate_currency", "expected_results", "first_decided_at", "first_decided_on", "first_decision", "funding_id", "held_from", "hold_look_on", "id", "institution_id", "language", "lead_officer_id", "letter_date", "letter_reference", "merged_into_id", "national_contribution", "next_look_on", "not_covered", "other_institutions", "other_support", "outcome", "participants_expected", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "priority", "problem", "programme_id", "public_summary", "public_title", "publish", "reason_code_id", "received_on", "received_through", "reference", "referred_to", "released_summary", "released_title", "returned_from", "round", "security_force", "share_with_donors", "show_need", "state", "state_since", "submitted_at", "theme_codes", "timeliness", "title", "tried_before", "turn", "updated_at", "urgency", "urgency_reason", "usefulness", "version", "wished_from", "wished_until") VALUES (OLD."assistance_asked", OLD."assistance_types", OLD."author_id", OLD."beneficiaries", OLD."closed_at", OLD."complete_since", OLD."consent_on", OLD."country_id", OLD."created_at", OLD."deciding_manager_id", OLD."due_on", OLD."estimate", OLD."estimate_currency", OLD."expected_results", OLD."first_decided_at", OLD."first_decided_on", OLD."first_decision", OLD."funding_id", OLD."held_from", OLD."hold_look_on", OLD."id", OLD."institution_id", OLD."language", OLD."lead_officer_id", OLD."letter_date", OLD."letter_reference", OLD."merged_into_id", OLD."national_contribution", OLD."next_look_on", OLD."not_covered", OLD."other_institutions", OLD."other_support", OLD."outcome", OLD."participants_expected", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."priority", OLD."problem", OLD."programme_id", OLD."public_summary", OLD."public_title", OLD."publish", OLD."reason_code_id", OLD."received_on", OLD."received_through", OLD."reference", OLD."referred_to", OLD."released_summary", OLD."released_title", OLD."returned_from", OLD."round", OLD."security_force", OLD."share_with_donors", OLD."show_need", OLD."state", OLD."state_since", OLD."submitted_at", OLD."theme_codes", OLD."timeliness", OLD."title", OLD."tried_before", OLD."turn", OLD."updated_at", OLD."urgency", OLD."urgency_reason", OLD."usefulness", OLD."version", OLD."wished_from", OLD."wished_until"); RETURN NULL;', hash='0f57394b235a7525e7172173061b93ebfdf20877', operation='DELETE', pgid='pgtrigger_delete_delete_7e2b1', table='assistance_assistancerequest', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reasoncodeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='33cf8774e6f5939a3cf8f3f538a7d1dec1cf4fdc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_33f14', table='assistance_reasoncodeevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='recordedcountry',
                index=models.Index(fields=['country', 'engagement'], name='recorded_of_country'),
            ),
            migrations.AddConstraint(
                model_name='recordedcountry',
                constraint=models.UniqueConstraint(fields=('engagement', 'country'), name='recorded_country_once', violation_error_message='This country is in the list already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recordedcountry',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_recordedcountryevent" ("country_id", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."country_id", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='bf46a13109704a63f53b67bac754c98edb113304', operation='INSERT', pgid='pgtrigger_insert_insert_1e664', table='assistance_recordedcountry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recordedcountry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_recordedcountryevent" ("country_id", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."country_id", NEW."engagement_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='4a3a3c4c2e08d218accca8b2b63b662f1ecad129', operation='UPDATE', pgid='pgtrigger_update_update_305c3', table='assistance_recordedcountry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recordedcountry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_recordedcountryevent" ("country_id", "engagement_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."country_id", OLD."engagement_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='f52bab5f0eeecf6e623ffb082d78e3a685fb605f', operation='DELETE', pgid='pgtrigger_delete_delete_4722d', table='assistance_recordedcountry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recordedcountryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4d437f427ff9400558c4061fa944f069d933eef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_589e7', table='assistance_recordedcountryevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='requesthistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='da72d80e85fc5ddede6f94b1a97683eda5093609', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7e10', table='assistance_requesthistory', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='responseplan',
                constraint=models.UniqueConstraint(fields=('request', 'version'), name='plan_version_once'),
            ),
            migrations.AddConstraint(
                model_name='responseplan',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'agreed')), fields=('request',), name='plan_one_agreed'),
            ),
            migrations.AddConstraint(
                model_name='responseplan',
                constraint=models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('request',), name='plan_one_proposed'),
            ),
            migrations.AddConstraint(
                model_name='responseplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'agreed'), _negated=True), ('agreed_at__isnull', False), _connector='OR'), name='plan_agreed_has_date'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='responseplan',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_responseplanevent" ("agreed_at", "agreed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "request_id", "status", "summary", "version") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."request_id", NEW."status", NEW."summary", NEW."version"); RETURN NULL;', hash='78e3e9429ee735d04e3704b9ba5a1fb7a7db7419', operation='INSERT', pgid='pgtrigger_insert_insert_f7979', table='assistance_responseplan', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='responseplan',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_responseplanevent" ("agreed_at", "agreed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "request_id", "status", "summary", "version") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."request_id", NEW."status", NEW."summary", NEW."version"); RETURN NULL;', hash='51ffcdc0f46c8d3a4edbfdf02546b166be2c35f5', operation='UPDATE', pgid='pgtrigger_update_update_519f2', table='assistance_responseplan', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='responseplan',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_responseplanevent" ("agreed_at", "agreed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "request_id", "status", "summary", "version") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."request_id", OLD."status", OLD."summary", OLD."version"); RETURN NULL;', hash='a4fe82d8f5f90f18994f113d554782901d98fa61', operation='DELETE', pgid='pgtrigger_delete_delete_e823d', table='assistance_responseplan', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstepevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b570fef551c2cab20f516e2c3298018930b6ed4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d32f', table='assistance_plannedstepevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='plannedstep',
                constraint=models.UniqueConstraint(fields=('plan', 'order'), name='step_order_once'),
            ),
            migrations.AddConstraint(
                model_name='plannedstep',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='step_ordered', violation_error_message='A step ends before it begins.'),
            ),
            migrations.AddConstraint(
                model_name='plannedstep',
                constraint=models.CheckConstraint(condition=models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), name='step_cost_not_negative'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (NEW."cost", NEW."ends_on", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."starts_on", NEW."what"); RETURN NULL;', hash='8aff6d19998ac0ae3b926b9f4f829ccb38c3fc49', operation='INSERT', pgid='pgtrigger_insert_insert_2de07', table='assistance_plannedstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (NEW."cost", NEW."ends_on", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."starts_on", NEW."what"); RETURN NULL;', hash='c98c090783c436644bc426c00f9642df8d51fca7', operation='UPDATE', pgid='pgtrigger_update_update_af9d1', table='assistance_plannedstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='plannedstep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_plannedstepevent" ("cost", "ends_on", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "starts_on", "what") VALUES (OLD."cost", OLD."ends_on", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."starts_on", OLD."what"); RETURN NULL;', hash='cf433c2172b1dc83347de8ba812a44938719398e', operation='DELETE', pgid='pgtrigger_delete_delete_f75ab', table='assistance_plannedstep', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='planindicatorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5a38a404fc0302465097108af3128f2cde2d086f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_93024', table='assistance_planindicatorevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='planindicator',
                constraint=models.UniqueConstraint(fields=('plan', 'order'), name='plan_indicator_order_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='planindicator',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_planindicatorevent" ("baseline", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "target", "title", "unit") VALUES (NEW."baseline", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."target", NEW."title", NEW."unit"); RETURN NULL;', hash='188c1fc85e2549f5b542d18058e9cfa0beaf3334', operation='INSERT', pgid='pgtrigger_insert_insert_b7448', table='assistance_planindicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='planindicator',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_planindicatorevent" ("baseline", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "target", "title", "unit") VALUES (NEW."baseline", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."target", NEW."title", NEW."unit"); RETURN NULL;', hash='d35c628d5e06efb1a06ab98b1d7826f29f1e4665', operation='UPDATE', pgid='pgtrigger_update_update_165ba', table='assistance_planindicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='planindicator',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_planindicatorevent" ("baseline", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "target", "title", "unit") VALUES (OLD."baseline", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."target", OLD."title", OLD."unit"); RETURN NULL;', hash='c7847c56040f2f5136437ed92ea077f2a6f51017', operation='DELETE', pgid='pgtrigger_delete_delete_76079', table='assistance_planindicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='responseplanevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e02f2b14a13effc9e9fda66048a33ea8d8487b8a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_390af', table='assistance_responseplanevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='standard',
                constraint=models.UniqueConstraint(fields=('programme', 'code', 'valid_from'), name='standard_once_a_day'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standard',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_standardevent" ("code", "days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "valid_from") VALUES (NEW."code", NEW."days", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."valid_from"); RETURN NULL;', hash='8a134ca7e2f5cb94afd8a0726e990d3e980c15b8', operation='INSERT', pgid='pgtrigger_insert_insert_19898', table='assistance_standard', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standard',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assistance_standardevent" ("code", "days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "valid_from") VALUES (NEW."code", NEW."days", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."valid_from"); RETURN NULL;', hash='216d857ae15462654c26bad50a6111fb80abbbd6', operation='UPDATE', pgid='pgtrigger_update_update_caeec', table='assistance_standard', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standard',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assistance_standardevent" ("code", "days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "valid_from") VALUES (OLD."code", OLD."days", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."valid_from"); RETURN NULL;', hash='9aef792de1d9913ff4bb2d5a3fa607f876cb2ba4', operation='DELETE', pgid='pgtrigger_delete_delete_da4b8', table='assistance_standard', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='standardevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3016784ca41f2f41a6eb75c7dc12ecb347642045', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f88d5', table='assistance_standardevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='statespan',
                index=models.Index(condition=models.Q(('state__in', ['submitted', 'under_review', 'returned', 'waitlisted', 'accepted', 'plan_proposed', 'planned', 'in_delivery', 'delivered', 'on_hold'])), fields=['left_at', 'entered_at'], name='span_open_at'),
            ),
            migrations.AddConstraint(
                model_name='statespan',
                constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('request',), name='span_one_open_a_case'),
            ),
            migrations.AddConstraint(
                model_name='statespan',
                constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('entered_at')), _connector='OR'), name='span_ordered'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='themeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ddfa9e244ded64f2bc7c777f7e090f74ab1e27e5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65aa5', table='assistance_themeevent', when='BEFORE')),
            ),
        ]),
    ]
