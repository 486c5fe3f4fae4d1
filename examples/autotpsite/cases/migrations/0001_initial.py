from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='名称')),
                (
                    'method',
                    models.CharField(
                        choices=[('GET', 'GET'), ('POST', 'POST'), ('PUT', 'PUT'), ('DELETE', 'DELETE')],
                        default='GET',
                        max_length=6,
                        verbose_name='方法',
                    ),
                ),
                ('path', models.CharField(max_length=200, verbose_name='路径')),
                ('status', models.PositiveSmallIntegerField(default=200, verbose_name='状态码')),
                ('updated', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
            ],
            options={
                'verbose_name': '接口用例',
                'verbose_name_plural': '接口用例',
                'ordering': ['name'],
            },
        ),
    ]
