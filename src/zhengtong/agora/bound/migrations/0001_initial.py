import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agora', '0001_initial'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='cases.case')),
                ('kind', models.CharField(choices=[('answer', 'Answer'), ('debate', 'Debate'), ('vote', 'Vote'), ('promise', 'Promise')], max_length=10)),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='agora.contribution')),
                ('signatures', models.PositiveIntegerField(default=0)),
                ('organ', models.CharField(blank=True, max_length=60)),
                ('answer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promise', to='agora.answer')),
                ('carrier', models.CharField(blank=True, max_length=10)),
                ('carried', models.CharField(blank=True, max_length=80)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='duty', to='cases.case')),
                ('begun_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agora.measure')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_on__isnull', True)), fields=['organ'], name='duties_of_assemblies')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('hidden_by__isnull', True)), fields=('contribution', 'kind'), name='one_duty_of_a_kind'), models.CheckConstraint(condition=models.Q(('hidden_by__isnull', True), models.Q(('done_on__isnull', False), models.Q(('kind', 'promise'), _negated=True)), _connector='OR'), name='hidden_and_ended'), models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', False), ('contribution__isnull', True), ('kind', 'promise')), models.Q(models.Q(('kind', 'promise'), _negated=True), ('answer__isnull', True), ('contribution__isnull', False)), _connector='OR'), name='signed_or_promised')],
            },
        ),
    ]
