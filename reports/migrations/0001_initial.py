"""Schedules, reports, their revisions, editions and documents, deliveries and webhooks. Generated, but for the batches."""

import accounts.users.models
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import reports.deliveries.models
import reports.kinds.choices
import reports.schedules.models
import uuid
from django.conf import settings
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('assistance', '0001_initial'),
        ('countries', '0001_initial'),
        ('notifications', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BatchedOperations([
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(default='programme', max_length=12)),
                    ('subject_id', models.PositiveBigIntegerField()),
                    ('period_start', models.DateField()),
                    ('period_end', models.DateField()),
                    ('cutoff_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('previous_cutoff_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('year_before_cutoff_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('state', models.CharField(choices=[('expected', 'Expected'), ('producing', 'Being produced'), ('produced', 'Produced'), ('in_review', 'In review'), ('published', 'Published'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='expected', max_length=10)),
                    ('claim', models.UUIDField(blank=True, null=True)),
                    ('claimed_at', models.DateTimeField(blank=True, null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('losses', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('produced_at', models.DateTimeField(blank=True, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('correction_reason', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('asked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('correction_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('skipped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'report',
                    'verbose_name_plural': 'reports',
                    'ordering': ['-period_end', '-id'],
                },
            ),
            migrations.CreateModel(
                name='ReportEdition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('audience', models.CharField(choices=[('internal', 'internal'), ('donor', 'for the donor'), ('country', 'for the country'), ('public', 'public')], max_length=10)),
                    ('kind', models.CharField(choices=reports.kinds.choices.kind_choices, max_length=12)),
                    ('title', models.CharField(max_length=200)),
                    ('period_start', models.DateField()),
                    ('period_end', models.DateField()),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('snapshot', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('highlights', models.TextField(blank=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('is_current', models.BooleanField(default=False)),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='countries.country')),
                ],
                options={
                    'verbose_name': 'edition',
                    'verbose_name_plural': 'editions',
                    'ordering': ['-period_end', 'title'],
                },
            ),
            migrations.CreateModel(
                name='ReportDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('language', models.CharField(max_length=10)),
                    ('format', models.CharField(choices=[('html', 'Page'), ('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('csv', 'CSV'), ('json', 'JSON')], max_length=6)),
                    ('audience', models.CharField(choices=[('internal', 'internal'), ('donor', 'for the donor'), ('country', 'for the country'), ('public', 'public')], default='internal', max_length=10)),
                    ('content', models.BinaryField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveIntegerField()),
                    ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='reports.reportedition')),
                ],
                options={
                    'ordering': ['revision', 'language', 'format'],
                },
            ),
            migrations.CreateModel(
                name='ReportRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('is_current', models.BooleanField(default=True)),
                    ('cutoff_at', models.DateTimeField()),
                    ('reviewed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('snapshot', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('stated', models.JSONField(default=dict, editable=False)),
                    ('highlights', models.TextField(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('template_version', models.CharField(max_length=20)),
                    ('rewrite_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('rewrite_failure', models.CharField(blank=True, editable=False, max_length=500)),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='reports.report')),
                    ('reviewed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['report', '-number'],
                },
            ),
            migrations.CreateModel(
                name='ReportEditionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('audience', models.CharField(choices=[('internal', 'internal'), ('donor', 'for the donor'), ('country', 'for the country'), ('public', 'public')], max_length=10)),
                    ('kind', models.CharField(choices=reports.kinds.choices.kind_choices, max_length=12)),
                    ('title', models.CharField(max_length=200)),
                    ('period_start', models.DateField()),
                    ('period_end', models.DateField()),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('sha256', models.CharField(max_length=64)),
                    ('highlights', models.TextField(blank=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('is_current', models.BooleanField(default=False)),
                    ('country', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.reportedition')),
                    ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportrevision')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ReportDocumentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('language', models.CharField(max_length=10)),
                    ('format', models.CharField(choices=[('html', 'Page'), ('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('csv', 'CSV'), ('json', 'JSON')], max_length=6)),
                    ('audience', models.CharField(choices=[('internal', 'internal'), ('donor', 'for the donor'), ('country', 'for the country'), ('public', 'public')], default='internal', max_length=10)),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.reportdocument')),
                    ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportedition')),
                    ('revision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportrevision')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.CharField(max_length=20)),
                    ('told_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('notification', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.notification')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='reports.reportrevision')),
                ],
            ),
            migrations.CreateModel(
                name='ReportRevisionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('is_current', models.BooleanField(default=True)),
                    ('cutoff_at', models.DateTimeField()),
                    ('reviewed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('sha256', models.CharField(max_length=64)),
                    ('highlights', models.TextField(blank=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('template_version', models.CharField(max_length=20)),
                    ('rewrite_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('rewrite_failure', models.CharField(blank=True, editable=False, max_length=500)),
                    ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.reportrevision')),
                    ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.report')),
                    ('reviewed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Schedule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=reports.kinds.choices.kind_choices, default='progress', max_length=12, verbose_name='report')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('is_paused', models.BooleanField(default=False, verbose_name='paused')),
                    ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'schedule',
                    'verbose_name_plural': 'schedules',
                    'ordering': ['title'],
                },
            ),
            migrations.CreateModel(
                name='ScheduleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=reports.kinds.choices.kind_choices, default='progress', max_length=12, verbose_name='report')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('is_paused', models.BooleanField(default=False, verbose_name='paused')),
                    ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.schedule')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ScheduleVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('frequency', models.CharField(choices=[('weekly', 'weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly'), ('half_yearly', 'half-yearly'), ('yearly', 'yearly'), ('dates', 'from date to date, as given')], default='quarterly', max_length=12, verbose_name='frequency')),
                    ('first_month', models.PositiveSmallIntegerField(default=1, verbose_name='month in which the year begins')),
                    ('dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='dates')),
                    ('region', models.CharField(blank=True, choices=[('Africa', 'Africa'), ('Americas', 'Americas'), ('Asia', 'Asia'), ('Europe', 'Europe'), ('Oceania', 'Oceania'), ('Antarctica', 'Antarctica')], max_length=20, verbose_name='region')),
                    ('attach', models.BooleanField(default=False, verbose_name='attach the PDF to mails')),
                    ('valid_from', models.DateField(verbose_name='first period begins on')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='ends before')),
                    ('cutoff_days', models.PositiveSmallIntegerField(default=11, verbose_name="working days from the period's end to the cut-off")),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=reports.schedules.models.default_languages, size=None, verbose_name='languages')),
                    ('formats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('html', 'Page'), ('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('csv', 'CSV'), ('json', 'JSON')], max_length=6), default=reports.documents.choices.all_formats, size=None, verbose_name='formats')),
                    ('zone', models.CharField(default='Europe/Vienna', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='time zone')),
                    ('hour', models.PositiveSmallIntegerField(default=6, verbose_name='hour at which work starts')),
                    ('countries', models.ManyToManyField(blank=True, related_name='+', to='countries.country', verbose_name='countries')),
                    ('donor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assistance.donor', verbose_name='donor')),
                    ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='countries.countrygroup', verbose_name='group of countries')),
                    ('pillar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assistance.pillar', verbose_name='pillar')),
                    ('recipients', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recipients')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.schedule')),
                ],
                options={
                    'ordering': ['schedule', '-number'],
                },
            ),
            migrations.CreateModel(
                name='ReportEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('subject_type', models.CharField(default='programme', max_length=12)),
                    ('subject_id', models.PositiveBigIntegerField()),
                    ('period_start', models.DateField()),
                    ('period_end', models.DateField()),
                    ('cutoff_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('previous_cutoff_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('year_before_cutoff_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('state', models.CharField(choices=[('expected', 'Expected'), ('producing', 'Being produced'), ('produced', 'Produced'), ('in_review', 'In review'), ('published', 'Published'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='expected', max_length=10)),
                    ('claim', models.UUIDField(blank=True, null=True)),
                    ('claimed_at', models.DateTimeField(blank=True, null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('losses', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=500)),
                    ('produced_at', models.DateTimeField(blank=True, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('correction_reason', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('asked_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('correction_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.report')),
                    ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('skipped_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.scheduleversion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RecipientEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.scheduleversion_recipients')),
                    ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scheduleversion', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.scheduleversion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CountryInScopeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('country', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.scheduleversion_countries')),
                    ('scheduleversion', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.scheduleversion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ScheduleVersionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('frequency', models.CharField(choices=[('weekly', 'weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly'), ('half_yearly', 'half-yearly'), ('yearly', 'yearly'), ('dates', 'from date to date, as given')], default='quarterly', max_length=12, verbose_name='frequency')),
                    ('first_month', models.PositiveSmallIntegerField(default=1, verbose_name='month in which the year begins')),
                    ('dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='dates')),
                    ('region', models.CharField(blank=True, choices=[('Africa', 'Africa'), ('Americas', 'Americas'), ('Asia', 'Asia'), ('Europe', 'Europe'), ('Oceania', 'Oceania'), ('Antarctica', 'Antarctica')], max_length=20, verbose_name='region')),
                    ('attach', models.BooleanField(default=False, verbose_name='attach the PDF to mails')),
                    ('valid_from', models.DateField(verbose_name='first period begins on')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='ends before')),
                    ('cutoff_days', models.PositiveSmallIntegerField(default=11, verbose_name="working days from the period's end to the cut-off")),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=reports.schedules.models.default_languages, size=None, verbose_name='languages')),
                    ('formats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('html', 'Page'), ('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('csv', 'CSV'), ('json', 'JSON')], max_length=6), default=reports.documents.choices.all_formats, size=None, verbose_name='formats')),
                    ('zone', models.CharField(default='Europe/Vienna', max_length=64, validators=[accounts.users.models.check_zone], verbose_name='time zone')),
                    ('hour', models.PositiveSmallIntegerField(default=6, verbose_name='hour at which work starts')),
                    ('donor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.donor', verbose_name='donor')),
                    ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.countrygroup', verbose_name='group of countries')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.scheduleversion')),
                    ('pillar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.pillar', verbose_name='pillar')),
                    ('schedule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.schedule')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('secret', reports.deliveries.models.SecretField()),
                    ('is_active', models.BooleanField(default=True, verbose_name='switched on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webhooks', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'webhook',
                    'verbose_name_plural': 'webhooks',
                    'ordering': ['programme', 'url'],
                },
            ),
            migrations.CreateModel(
                name='WebhookDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.CharField(max_length=20)),
                    ('body', models.TextField()),
                    ('message_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('given_up_at', models.DateTimeField(blank=True, null=True)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('revision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportrevision')),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='reports.webhook')),
                ],
            ),
            migrations.CreateModel(
                name='WebhookEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('is_active', models.BooleanField(default=True, verbose_name='switched on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='reports.webhook')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='assistance.programme', verbose_name='programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
        BatchedOperations([
            migrations.AddField(
                model_name='reportedition',
                name='revision',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='reports.reportrevision'),
            ),
            migrations.AddField(
                model_name='reportdocument',
                name='revision',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='reports.reportrevision'),
            ),
            migrations.AddField(
                model_name='report',
                name='version',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reports.scheduleversion'),
            ),
            migrations.AddIndex(
                model_name='reportrevision',
                index=models.Index(condition=models.Q(('is_current', True), ('told_at__isnull', True)), fields=['report'], name='revision_untold'),
            ),
            migrations.AddIndex(
                model_name='reportrevision',
                index=models.Index(condition=models.Q(('rewrite_asked_at__isnull', False)), fields=['rewrite_asked_at'], name='revision_to_rewrite'),
            ),
            migrations.AddConstraint(
                model_name='reportrevision',
                constraint=models.UniqueConstraint(fields=('report', 'number'), name='revision_number_once'),
            ),
            migrations.AddConstraint(
                model_name='reportrevision',
                constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('report',), name='revision_one_current'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='published_revision_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND ((to_jsonb(OLD) - \'is_current\' - \'told_at\' - \'rewrite_asked_at\' - \'rewrite_failure\') IS DISTINCT FROM (to_jsonb(NEW) - \'is_current\' - \'told_at\' - \'rewrite_asked_at\' - \'rewrite_failure\')))', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='6b0cca8a5be69be37f2fd70df7b59e034757ad6b', operation='UPDATE', pgid='pgtrigger_published_revision_unchanged_02ce1', table='reports_reportrevision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='published_revision_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='406cdd01ada3b1190cee2289cd8ca9b394947660', operation='DELETE', pgid='pgtrigger_published_revision_kept_7c9cc', table='reports_reportrevision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "reviewed_at", "reviewed_by_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."rewrite_asked_at", NEW."rewrite_failure", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='adc3452dea8b8055701d52d00da6d30ac26526db', operation='INSERT', pgid='pgtrigger_insert_insert_81e77', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cutoff_at" IS DISTINCT FROM (NEW."cutoff_at") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."rewrite_asked_at" IS DISTINCT FROM (NEW."rewrite_asked_at") OR OLD."rewrite_failure" IS DISTINCT FROM (NEW."rewrite_failure") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."template_version" IS DISTINCT FROM (NEW."template_version") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at"))', func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "reviewed_at", "reviewed_by_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (NEW."cutoff_at", NEW."highlights", NEW."id", NEW."is_current", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."report_id", NEW."reviewed_at", NEW."reviewed_by_id", NEW."rewrite_asked_at", NEW."rewrite_failure", NEW."sha256", NEW."template_version", NEW."told_at"); RETURN NULL;', hash='af661dc09c96ecaeb6c1487c577bf2aecac0d9fb', operation='UPDATE', pgid='pgtrigger_update_update_57ed6', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportrevisionevent" ("cutoff_at", "highlights", "id", "is_current", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "reason", "report_id", "reviewed_at", "reviewed_by_id", "rewrite_asked_at", "rewrite_failure", "sha256", "template_version", "told_at") VALUES (OLD."cutoff_at", OLD."highlights", OLD."id", OLD."is_current", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."report_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."rewrite_asked_at", OLD."rewrite_failure", OLD."sha256", OLD."template_version", OLD."told_at"); RETURN NULL;', hash='8b11c8a8e02c07dd55af2a41d74bd62e6009d5eb', operation='DELETE', pgid='pgtrigger_delete_delete_68b4a', table='reports_reportrevision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporteditionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='03922989aa4e4536611b900805e93597ac301eb7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_12a53', table='reports_reporteditionevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='reportedition',
                index=models.Index(condition=models.Q(('is_current', True)), fields=['country', '-period_end'], name='edition_of_country'),
            ),
            migrations.AddConstraint(
                model_name='reportedition',
                constraint=models.UniqueConstraint(fields=('revision', 'audience'), name='edition_once'),
            ),
            migrations.AddConstraint(
                model_name='reportedition',
                constraint=models.CheckConstraint(condition=models.Q(('audience', 'internal'), _negated=True), name='edition_is_for_others'),
            ),
            migrations.AddConstraint(
                model_name='reportedition',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'country'), _negated=True), ('country__isnull', False), _connector='OR'), name='edition_says_whose'),
            ),
            migrations.AddConstraint(
                model_name='reportedition',
                constraint=models.CheckConstraint(condition=models.Q(('is_current', False), ('published_at__isnull', False), _connector='OR'), name='edition_current_is_published'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='published_edition_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND ((to_jsonb(OLD) - \'is_current\') IS DISTINCT FROM (to_jsonb(NEW) - \'is_current\')))', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='6df7fab03edd226d50c5aa84b90f1e543b21316d', operation='UPDATE', pgid='pgtrigger_published_edition_unchanged_119d5', table='reports_reportedition', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='published_edition_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id;", hash='c89c8f4fbedbfe660ba810a01644cfee62e55d59', operation='DELETE', pgid='pgtrigger_published_edition_kept_23881', table='reports_reportedition', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (NEW."audience", NEW."country_id", NEW."highlights", NEW."id", NEW."is_current", NEW."kind", NEW."number", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."revision_id", NEW."sha256", NEW."title"); RETURN NULL;', hash='d0c1d56d4aac1b8700bb6881cb19fc656dd43641', operation='INSERT', pgid='pgtrigger_insert_insert_bc42b', table='reports_reportedition', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."country_id" IS DISTINCT FROM (NEW."country_id") OR OLD."highlights" IS DISTINCT FROM (NEW."highlights") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_current" IS DISTINCT FROM (NEW."is_current") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (NEW."audience", NEW."country_id", NEW."highlights", NEW."id", NEW."is_current", NEW."kind", NEW."number", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."revision_id", NEW."sha256", NEW."title"); RETURN NULL;', hash='b027c2febb5a8f7a2fbdcaca865fdf062b7fb5ab', operation='UPDATE', pgid='pgtrigger_update_update_09680', table='reports_reportedition', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportedition',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reporteditionevent" ("audience", "country_id", "highlights", "id", "is_current", "kind", "number", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "revision_id", "sha256", "title") VALUES (OLD."audience", OLD."country_id", OLD."highlights", OLD."id", OLD."is_current", OLD."kind", OLD."number", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."revision_id", OLD."sha256", OLD."title"); RETURN NULL;', hash='71d9f3bb0b6073f864442a3a9324a8e715187c14', operation='DELETE', pgid='pgtrigger_delete_delete_96abd', table='reports_reportedition', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocumentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ace4425f904037fa7c02a1769ca01b4aef8844c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_67fe7', table='reports_reportdocumentevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='reportdocument',
                constraint=models.UniqueConstraint(fields=('revision', 'language', 'format', 'audience'), name='document_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocument',
                trigger=pgtrigger.compiler.Trigger(name='published_documents_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT FROM reports_reportrevision r WHERE r.id = OLD.revision_id AND r.published_at IS NOT NULL) THEN RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME, OLD.id; END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ", hash='755a239ffbdf6207be0949a970c19ce2c8da5cbc', operation='UPDATE OR DELETE', pgid='pgtrigger_published_documents_stay_e47ca', table='reports_reportdocument', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocument',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (NEW."audience", NEW."edition_id", NEW."format", NEW."id", NEW."key", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."sha256", NEW."size"); RETURN NULL;', hash='f0c99272395ad24e5ed54a42514717be3fae2f89', operation='INSERT', pgid='pgtrigger_insert_insert_a20a0', table='reports_reportdocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocument',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."edition_id" IS DISTINCT FROM (NEW."edition_id") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."revision_id" IS DISTINCT FROM (NEW."revision_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))', func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (NEW."audience", NEW."edition_id", NEW."format", NEW."id", NEW."key", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."sha256", NEW."size"); RETURN NULL;', hash='4567f390646c3458d58eb7f3f3a01194a328cf4a', operation='UPDATE', pgid='pgtrigger_update_update_c5c64', table='reports_reportdocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportdocument',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportdocumentevent" ("audience", "edition_id", "format", "id", "key", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "sha256", "size") VALUES (OLD."audience", OLD."edition_id", OLD."format", OLD."id", OLD."key", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision_id", OLD."sha256", OLD."size"); RETURN NULL;', hash='76d38a1d1de90fa3932b6d31f51590e255aebfb1', operation='DELETE', pgid='pgtrigger_delete_delete_e2ee8', table='reports_reportdocument', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='delivery',
                constraint=models.UniqueConstraint(fields=('revision', 'user', 'event'), name='delivery_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportrevisionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dcb8f69c90db23fd43a42b4fcfca1180d4cb9084', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68437', table='reports_reportrevisionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_paused", NEW."kind", NEW."paused_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='9543c76f79e14c72ee09ba4b8f379ce9ca5281c3', operation='INSERT', pgid='pgtrigger_insert_insert_712d4', table='reports_schedule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_paused", NEW."kind", NEW."paused_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."title"); RETURN NULL;', hash='cc7dd13b26025e95791bd6efde857111d13825e2', operation='UPDATE', pgid='pgtrigger_update_update_ae15d', table='reports_schedule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='schedule',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleevent" ("created_at", "created_by_id", "id", "is_paused", "kind", "paused_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "title") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_paused", OLD."kind", OLD."paused_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."title"); RETURN NULL;', hash='841197b29d4b327da88f1e58cf36c5a886baea2a', operation='DELETE', pgid='pgtrigger_delete_delete_6d104', table='reports_schedule', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='scheduleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae811fb63cfa19404635853df658a0d3f877caa4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_52a53', table='reports_scheduleevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.UniqueConstraint(fields=('schedule', 'number'), name='schedule_version_once'),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('schedule',), name='schedule_one_open_version'),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='schedule_version_ordered'),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='schedule_hour_of_day'),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.CheckConstraint(condition=models.Q(('cutoff_days__range', (1, 120))), name='schedule_cutoff_1_to_120'),
            ),
            migrations.AddConstraint(
                model_name='scheduleversion',
                constraint=models.CheckConstraint(condition=models.Q(('first_month__range', (1, 12))), name='schedule_first_month_of_year'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='scheduleversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (NEW."attach", NEW."cutoff_days", NEW."dates", NEW."donor_id", NEW."first_month", NEW."formats", NEW."frequency", NEW."group_id", NEW."hour", NEW."id", NEW."languages", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pillar_id", NEW."region", NEW."schedule_id", NEW."valid_from", NEW."valid_until", NEW."zone"); RETURN NULL;', hash='edc0bc6a7d5b0847015df77c27558554745be80c', operation='INSERT', pgid='pgtrigger_insert_insert_17714', table='reports_scheduleversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='scheduleversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (NEW."attach", NEW."cutoff_days", NEW."dates", NEW."donor_id", NEW."first_month", NEW."formats", NEW."frequency", NEW."group_id", NEW."hour", NEW."id", NEW."languages", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pillar_id", NEW."region", NEW."schedule_id", NEW."valid_from", NEW."valid_until", NEW."zone"); RETURN NULL;', hash='bcfcf44cba486e775ddd3638130064e8a2b27e5b', operation='UPDATE', pgid='pgtrigger_update_update_b3af2', table='reports_scheduleversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='scheduleversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduleversionevent" ("attach", "cutoff_days", "dates", "donor_id", "first_month", "formats", "frequency", "group_id", "hour", "id", "languages", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pillar_id", "region", "schedule_id", "valid_from", "valid_until", "zone") VALUES (OLD."attach", OLD."cutoff_days", OLD."dates", OLD."donor_id", OLD."first_month", OLD."formats", OLD."frequency", OLD."group_id", OLD."hour", OLD."id", OLD."languages", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pillar_id", OLD."region", OLD."schedule_id", OLD."valid_from", OLD."valid_until", OLD."zone"); RETURN NULL;', hash='32690ac8bc9a3590c90600e54390901cb6e6bf48', operation='DELETE', pgid='pgtrigger_delete_delete_7997c', table='reports_scheduleversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79709c12d5a2ece868c72f81bcfe3e43e6ab1222', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eac1b', table='reports_reportevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='report',
                index=models.Index(condition=models.Q(('state__in', ['expected', 'producing', 'failed'])), fields=['due_at'], name='report_to_produce'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.UniqueConstraint(fields=('version', 'subject_type', 'subject_id', 'period_start'), name='report_once_ever'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='report_period_ordered'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('cutoff_at'))), name='report_due_no_earlier_than_cutoff'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='report_published_says_by_whom'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (NEW."asked_by_id", NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."previous_cutoff_at", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id", NEW."year_before_cutoff_at"); RETURN NULL;', hash='8a60d052d316d1a8ccdf5a2c9d9b784aa0ab8de3', operation='INSERT', pgid='pgtrigger_insert_insert_84ceb', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (NEW."asked_by_id", NEW."claim", NEW."claimed_at", NEW."correction_by_id", NEW."correction_reason", NEW."created_at", NEW."cutoff_at", NEW."due_at", NEW."id", NEW."losses", NEW."next_try_at", NEW."period_end", NEW."period_start", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previous_cutoff_at", NEW."produced_at", NEW."published_at", NEW."published_by_id", NEW."reason", NEW."skipped_by_id", NEW."state", NEW."subject_id", NEW."subject_type", NEW."tries", NEW."version_id", NEW."year_before_cutoff_at"); RETURN NULL;', hash='073b6640d6aee907fdd580dfb8974a3a053eef27', operation='UPDATE', pgid='pgtrigger_update_update_234a9', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='report',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportevent" ("asked_by_id", "claim", "claimed_at", "correction_by_id", "correction_reason", "created_at", "cutoff_at", "due_at", "id", "losses", "next_try_at", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_cutoff_at", "produced_at", "published_at", "published_by_id", "reason", "skipped_by_id", "state", "subject_id", "subject_type", "tries", "version_id", "year_before_cutoff_at") VALUES (OLD."asked_by_id", OLD."claim", OLD."claimed_at", OLD."correction_by_id", OLD."correction_reason", OLD."created_at", OLD."cutoff_at", OLD."due_at", OLD."id", OLD."losses", OLD."next_try_at", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."previous_cutoff_at", OLD."produced_at", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."skipped_by_id", OLD."state", OLD."subject_id", OLD."subject_type", OLD."tries", OLD."version_id", OLD."year_before_cutoff_at"); RETURN NULL;', hash='91e1dd2a4ab67d24ff3bc268c78c0cdf9150b62e', operation='DELETE', pgid='pgtrigger_delete_delete_6acd6', table='reports_report', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='recipientevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='634ec43c809c746c03d8fcc9feee25d6a494991a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a76b0', table='reports_recipientevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryinscopeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='478d1d6c28cbd4803fe676ed24bccfcac0fce119', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb2e9', table='reports_countryinscopeevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='scheduleversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='824feddb2ec04351ab6bb9b5872317d3caf0c28a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34928', table='reports_scheduleversionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.UniqueConstraint(fields=('programme', 'url'), name='webhook_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."url"); RETURN NULL;', hash='fde0d7db0d6ec5c9ee7fbf740889560e2b880dc8', operation='INSERT', pgid='pgtrigger_insert_insert_0b4dd', table='reports_webhook', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."url"); RETURN NULL;', hash='7cab71c4877b7da71b8fffefc3d66fd88d81dab3', operation='UPDATE', pgid='pgtrigger_update_update_0cb08', table='reports_webhook', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_webhookevent" ("created_at", "created_by_id", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "url") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."url"); RETURN NULL;', hash='506b1510e7e1549afa691c4985fca59d6d7759d8', operation='DELETE', pgid='pgtrigger_delete_delete_2251d', table='reports_webhook', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='webhookdelivery',
                index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='webhook_to_send'),
            ),
            migrations.AddIndex(
                model_name='webhookdelivery',
                index=models.Index(fields=['webhook', '-created_at'], name='webhook_last'),
            ),
            migrations.AddConstraint(
                model_name='webhookdelivery',
                constraint=models.UniqueConstraint(fields=('webhook', 'revision', 'event'), name='webhook_delivery_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3b9ee0a5c479f6779e993a9011289b080f2a52eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c7a6', table='reports_webhookevent', when='BEFORE')),
            ),
        ]),
    ]
