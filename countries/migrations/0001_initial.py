"""Countries, groups, institutions and focal points. Generated, but for the batches."""

import core.db.functions
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from core.db.operations import BatchedOperations


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),  # ranges of validity that must not overlap
        BatchedOperations([
            migrations.CreateModel(
                name='CountryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('iso2', models.CharField(max_length=2)),
                    ('iso3', models.CharField(max_length=3)),
                    ('m49', models.CharField(max_length=3)),
                    ('name_en', models.CharField(max_length=120)),
                    ('name_fr', models.CharField(max_length=120)),
                    ('name_es', models.CharField(max_length=120)),
                    ('name_ar', models.CharField(max_length=120)),
                    ('name_ru', models.CharField(max_length=120)),
                    ('name_zh', models.CharField(max_length=120)),
                    ('sort_en', models.BinaryField()),
                    ('sort_fr', models.BinaryField()),
                    ('sort_es', models.BinaryField()),
                    ('sort_ar', models.BinaryField()),
                    ('sort_ru', models.BinaryField()),
                    ('sort_zh', models.BinaryField()),
                    ('region', models.CharField(blank=True, max_length=40)),
                    ('subregion', models.CharField(blank=True, max_length=60)),
                    ('un_status', models.CharField(blank=True, choices=[('member', 'Member State'), ('observer', 'Observer State'), ('', 'Not a Member State')], max_length=10)),
                    ('tile_column', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('tile_row', models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CountryGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('source', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'verbose_name': 'country group',
                    'verbose_name_plural': 'country groups',
                    'ordering': ['order', 'code'],
                },
            ),
            migrations.CreateModel(
                name='CountryGroupEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('names', models.JSONField(default=dict)),
                    ('code', models.SlugField(db_index=False, max_length=40)),
                    ('order', models.PositiveSmallIntegerField(default=100)),
                    ('source', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='FocalPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_primary', models.BooleanField(default=True, verbose_name='primary')),
                    ('may_clear', models.BooleanField(default=False, verbose_name='may clear what others submit')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'verbose_name': 'focal point',
                    'verbose_name_plural': 'focal points',
                },
            ),
            migrations.CreateModel(
                name='FocalPointEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('is_primary', models.BooleanField(default=True, verbose_name='primary')),
                    ('may_clear', models.BooleanField(default=False, verbose_name='may clear what others submit')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GroupMembership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                    ('decision', models.CharField(blank=True, max_length=200, verbose_name='by decision')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'verbose_name': 'group membership',
                    'verbose_name_plural': 'group memberships',
                },
            ),
            migrations.CreateModel(
                name='GroupMembershipEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='first day after')),
                    ('decision', models.CharField(blank=True, max_length=200, verbose_name='by decision')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Institution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('kind', models.CharField(choices=[('ministry', 'Ministry'), ('police', 'Police'), ('prosecution', 'Prosecution'), ('judiciary', 'Judiciary'), ('central_authority', 'Central authority'), ('cert', 'Computer emergency response team'), ('regulator', 'Regulator'), ('parliament', 'Parliament'), ('academia', 'Academia'), ('civil_society', 'Civil society'), ('private', 'Private sector')], max_length=20, verbose_name='kind')),
                ],
                options={
                    'verbose_name': 'institution',
                    'verbose_name_plural': 'institutions',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='InstitutionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('kind', models.CharField(choices=[('ministry', 'Ministry'), ('police', 'Police'), ('prosecution', 'Prosecution'), ('judiciary', 'Judiciary'), ('central_authority', 'Central authority'), ('cert', 'Computer emergency response team'), ('regulator', 'Regulator'), ('parliament', 'Parliament'), ('academia', 'Academia'), ('civil_society', 'Civil society'), ('private', 'Private sector')], max_length=20, verbose_name='kind')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Country',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('iso2', models.CharField(max_length=2, unique=True)),
                    ('iso3', models.CharField(max_length=3, unique=True)),
                    ('m49', models.CharField(max_length=3, unique=True)),
                    ('name_en', models.CharField(max_length=120)),
                    ('name_fr', models.CharField(max_length=120)),
                    ('name_es', models.CharField(max_length=120)),
                    ('name_ar', models.CharField(max_length=120)),
                    ('name_ru', models.CharField(max_length=120)),
                    ('name_zh', models.CharField(max_length=120)),
                    ('sort_en', models.BinaryField()),
                    ('sort_fr', models.BinaryField()),
                    ('sort_es', models.BinaryField()),
                    ('sort_ar', models.BinaryField()),
                    ('sort_ru', models.BinaryField()),
                    ('sort_zh', models.BinaryField()),
                    ('region', models.CharField(blank=True, max_length=40)),
                    ('subregion', models.CharField(blank=True, max_length=60)),
                    ('un_status', models.CharField(blank=True, choices=[('member', 'Member State'), ('observer', 'Observer State'), ('', 'Not a Member State')], max_length=10)),
                    ('tile_column', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('tile_row', models.PositiveSmallIntegerField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'country',
                    'verbose_name_plural': 'countries',
                    'constraints': [models.UniqueConstraint(fields=('tile_column', 'tile_row'), name='country_tile_unshared'), models.CheckConstraint(condition=models.Q(('iso2__regex', '^[A-Z]{2}$'), ('iso3__regex', '^[A-Z]{3}$')), name='country_codes_in_capitals')],
                },
            ),
        ]),
        BatchedOperations([
            pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countryevent" ("id", "iso2", "iso3", "m49", "name_ar", "name_en", "name_es", "name_fr", "name_ru", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "sort_ar", "sort_en", "sort_es", "sort_fr", "sort_ru", "sort_zh", "subregion", "tile_column", "tile_row", "un_status") VALUES (NEW."id", NEW."iso2", NEW."iso3", NEW."m49", NEW."name_ar", NEW."name_en", NEW."name_es", NEW."name_fr", NEW."name_ru", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region", NEW."sort_ar", NEW."sort_en", NEW."sort_es", NEW."sort_fr", NEW."sort_ru", NEW."sort_zh", NEW."subregion", NEW."tile_column", NEW."tile_row", NEW."un_status"); RETURN NULL;', hash='43ed585412726b1b99d0779c39bfc86f09576524', operation='INSERT', pgid='pgtrigger_insert_insert_1b65e', table='countries_country', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_countryevent" ("id", "iso2", "iso3", "m49", "name_ar", "name_en", "name_es", "name_fr", "name_ru", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "sort_ar", "sort_en", "sort_es", "sort_fr", "sort_ru", "sort_zh", "subregion", "tile_column", "tile_row", "un_status") VALUES (NEW."id", NEW."iso2", NEW."iso3", NEW."m49", NEW."name_ar", NEW."name_en", NEW."name_es", NEW."name_fr", NEW."name_ru", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region", NEW."sort_ar", NEW."sort_en", NEW."sort_es", NEW."sort_fr", NEW."sort_ru", NEW."sort_zh", NEW."subregion", NEW."tile_column", NEW."tile_row", NEW."un_status"); RETURN NULL;', hash='0a10e70c969c50fbb745a13b7de57f8061d88112', operation='UPDATE', pgid='pgtrigger_update_update_35a7b', table='countries_country', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='country',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countryevent" ("id", "iso2", "iso3", "m49", "name_ar", "name_en", "name_es", "name_fr", "name_ru", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "sort_ar", "sort_en", "sort_es", "sort_fr", "sort_ru", "sort_zh", "subregion", "tile_column", "tile_row", "un_status") VALUES (OLD."id", OLD."iso2", OLD."iso3", OLD."m49", OLD."name_ar", OLD."name_en", OLD."name_es", OLD."name_fr", OLD."name_ru", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region", OLD."sort_ar", OLD."sort_en", OLD."sort_es", OLD."sort_fr", OLD."sort_ru", OLD."sort_zh", OLD."subregion", OLD."tile_column", OLD."tile_row", OLD."un_status"); RETURN NULL;', hash='7578d40b86ace0bf761b3aac6660becd6eaba0c5', operation='DELETE', pgid='pgtrigger_delete_delete_0b57e', table='countries_country', when='AFTER')),
            ),
            migrations.AddField(
                model_name='countryevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='countryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='countries.country'),
            ),
            migrations.AddField(
                model_name='countrygroupevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='countrygroupevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='countries.countrygroup'),
            ),
            migrations.AddField(
                model_name='focalpoint',
                name='country',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focal_points', to='countries.country'),
            ),
            migrations.AddField(
                model_name='focalpoint',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='focalpointevent',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country'),
            ),
            migrations.AddField(
                model_name='focalpointevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='focalpointevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='countries.focalpoint'),
            ),
            migrations.AddField(
                model_name='focalpointevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='groupmembership',
                name='country',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='countries.country'),
            ),
            migrations.AddField(
                model_name='groupmembership',
                name='group',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='countries.countrygroup'),
            ),
            migrations.AddField(
                model_name='countrygroup',
                name='countries',
                field=models.ManyToManyField(related_name='groups', through='countries.GroupMembership', to='countries.country'),
            ),
            migrations.AddField(
                model_name='groupmembershipevent',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country'),
            ),
            migrations.AddField(
                model_name='groupmembershipevent',
                name='group',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.countrygroup'),
            ),
            migrations.AddField(
                model_name='groupmembershipevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='groupmembershipevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='countries.groupmembership'),
            ),
            migrations.AddField(
                model_name='institution',
                name='country',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='institutions', to='countries.country'),
            ),
            migrations.AddField(
                model_name='focalpointevent',
                name='institution',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.institution'),
            ),
            migrations.AddField(
                model_name='focalpoint',
                name='institution',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='focal_points', to='countries.institution'),
            ),
            migrations.AddField(
                model_name='institutionevent',
                name='country',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.country'),
            ),
            migrations.AddField(
                model_name='institutionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='institutionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='countries.institution'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3b627de12e49da014c46fef61e56f05b3f219f95', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_67c5f', table='countries_countryevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countrygroupevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='89cc8a872a3873d6c31b3117d9eee844ea93e4a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6f6e', table='countries_countrygroupevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='groupmembership',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='membership_ordered', violation_error_message='A membership ends after it begins.'),
            ),
            migrations.AddConstraint(
                model_name='groupmembership',
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('country', '='), ('group', '='), (core.db.functions.DateRange('valid_from', 'valid_until'), '&&')], name='membership_no_overlap', violation_error_message='The country is a member of this group in part of these days already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupmembership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_groupmembershipevent" ("country_id", "decision", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "valid_from", "valid_until") VALUES (NEW."country_id", NEW."decision", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='76cd4934f2507c6b718b98cd954796b022200ff5', operation='INSERT', pgid='pgtrigger_insert_insert_e835f', table='countries_groupmembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupmembership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_groupmembershipevent" ("country_id", "decision", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "valid_from", "valid_until") VALUES (NEW."country_id", NEW."decision", NEW."group_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='8a5cb51a4a9a2163324070d1b6450ed040757fb2', operation='UPDATE', pgid='pgtrigger_update_update_d8c6c', table='countries_groupmembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupmembership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_groupmembershipevent" ("country_id", "decision", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "valid_from", "valid_until") VALUES (OLD."country_id", OLD."decision", OLD."group_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='cd7ec32529dd56e2871335188fb25fc9a450cefb', operation='DELETE', pgid='pgtrigger_delete_delete_60bd9', table='countries_groupmembership', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countrygroup',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countrygroupevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='28429bcf30d458b91bb9b6be0df62d49d2459d1a', operation='INSERT', pgid='pgtrigger_insert_insert_b3f93', table='countries_countrygroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countrygroup',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_countrygroupevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."code", NEW."id", NEW."names", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='0600315f2ef3d8b9c32c629b645266d90c5dc041', operation='UPDATE', pgid='pgtrigger_update_update_3bfd8', table='countries_countrygroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='countrygroup',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countrygroupevent" ("code", "id", "names", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."code", OLD."id", OLD."names", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='4667ad86555e799663c0285df523f6da0c52937c', operation='DELETE', pgid='pgtrigger_delete_delete_59dc9', table='countries_countrygroup', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='groupmembershipevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0811ea94e9d5d1eaaad6ffe85a2ebe8b2e93f984', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_886f8', table='countries_groupmembershipevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='institution',
                constraint=models.UniqueConstraint(fields=('country', 'name'), name='institution_once', violation_error_message='The country has this institution already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='institution',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_institutionevent" ("country_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."country_id", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='d498b01a581bd70015f916ea6bb2a7349b951991', operation='INSERT', pgid='pgtrigger_insert_insert_73cdd', table='countries_institution', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='institution',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_institutionevent" ("country_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."country_id", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='735366725c0bd973ab06253c37925f75b83dae75', operation='UPDATE', pgid='pgtrigger_update_update_74cd1', table='countries_institution', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='institution',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_institutionevent" ("country_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."country_id", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='ecacb9aa6e32212d026c3cc34a3047adbc40f1a6', operation='DELETE', pgid='pgtrigger_delete_delete_866c2', table='countries_institution', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='focalpointevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='edae48f0b4a9dfddaca384470a07a2b5e92b7713', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6cce5', table='countries_focalpointevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='focalpoint',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='designation_ordered', violation_error_message='A designation ends after it begins.'),
            ),
            migrations.AddConstraint(
                model_name='focalpoint',
                constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('country', '='), (core.db.functions.DateRange('valid_from', 'valid_until'), '&&')], name='designation_no_overlap', violation_error_message='This person is designated for the country in part of these days already.'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='focalpoint',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_focalpointevent" ("country_id", "id", "institution_id", "is_primary", "may_clear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "valid_from", "valid_until") VALUES (NEW."country_id", NEW."id", NEW."institution_id", NEW."is_primary", NEW."may_clear", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='7374a17bb1924a308837c13d76bb7b9a8ed56a26', operation='INSERT', pgid='pgtrigger_insert_insert_5596f', table='countries_focalpoint', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='focalpoint',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_focalpointevent" ("country_id", "id", "institution_id", "is_primary", "may_clear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "valid_from", "valid_until") VALUES (NEW."country_id", NEW."id", NEW."institution_id", NEW."is_primary", NEW."may_clear", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;', hash='b3c169439d94917eb971bd5b4e04bcfd409062a4', operation='UPDATE', pgid='pgtrigger_update_update_fe639', table='countries_focalpoint', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='focalpoint',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_focalpointevent" ("country_id", "id", "institution_id", "is_primary", "may_clear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "valid_from", "valid_until") VALUES (OLD."country_id", OLD."id", OLD."institution_id", OLD."is_primary", OLD."may_clear", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;', hash='a6e7893c8d8a0c7bdc709c0a3a9139a73071e3f4', operation='DELETE', pgid='pgtrigger_delete_delete_e7268', table='countries_focalpoint', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='institutionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='95848fd26ac8660db99134e63b8ceb88807f9500', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_88242', table='countries_institutionevent', when='BEFORE')),
            ),
        ]),
    ]
