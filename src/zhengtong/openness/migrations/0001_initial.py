import django.db.models.deletion
import zhengtong.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='cases.case')),
                ('name', zhengtong.vault.fields.Sealed(default='')),
                ('media_type', models.CharField(max_length=60)),
                ('path', models.CharField(max_length=80)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('added_at', models.DateTimeField()),
                ('given_path', models.CharField(blank=True, max_length=80)),
                ('given_type', models.CharField(blank=True, max_length=60)),
                ('given_sha256', models.CharField(blank=True, max_length=64)),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('title', zhengtong.vault.fields.Sealed(default='')),
                ('personal', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('given_path', '')), models.Q(('given_at__isnull', False), models.Q(('given_path', ''), _negated=True)), _connector='OR'), name='given_as_a_file')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='openness.paper')),
                ('ground', models.CharField(max_length=80)),
                ('passage', zhengtong.vault.fields.Sealed(default='')),
                ('page', models.PositiveIntegerField(blank=True, null=True)),
                ('region', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='withheld_by_law')],
            },
        ),
        migrations.CreateModel(
            name='ThirdParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='third_parties', to='cases.case')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.enterprise')),
                ('name', zhengtong.vault.fields.Sealed(default='')),
                ('address', zhengtong.vault.fields.Sealed(default='')),
                ('about', zhengtong.vault.fields.Sealed(default='')),
                ('letter', zhengtong.vault.fields.Sealed(default='')),
                ('by_mail', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('answer_until', models.DateField()),
                ('agrees', models.BooleanField(blank=True, null=True)),
                ('words', zhengtong.vault.fields.Sealed(default='')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('overruled', models.BooleanField(blank=True, null=True)),
                ('notice', zhengtong.vault.fields.Sealed(default='')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agrees__isnull', True), ('answered_at__isnull', True)), models.Q(('agrees__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='answered_when_it_was'), models.CheckConstraint(condition=models.Q(('overruled__isnull', True), models.Q(('agrees', False), ('settled_at__isnull', False)), _connector='OR'), name='only_an_objection_is_settled')],
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='openness.paper')),
                ('office', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('grounds', models.JSONField(default=list)),
                ('media_type', models.CharField(max_length=60)),
                ('path', models.CharField(max_length=80)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['-on', '-id'], name='published_lately')],
            },
        ),
    ]
