import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0002_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='schedule',
            name='months_off',
            field=models.CharField(blank=True, help_text='Months in which it never meets, as numbers with commas: 8 for August, 12 for December.', max_length=26, validators=[django.core.validators.RegexValidator('^(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*$', 'Write the numbers of months with commas: 8 for August, 4,8,12.')], verbose_name='not in these months'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('months_off', '1,2,3,4,5,6,7,8,9,10,11,12'), _negated=True), name='schedule_meets_in_some_month', violation_error_message='Leave at least one month in which it meets.'),
        ),
    ]
