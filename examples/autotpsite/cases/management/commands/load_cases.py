from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError

from cases.models import Case


class Command(BaseCommand):
    help = '从 YAML 文件导入用例；名称相同的更新，其余新增'

    def add_arguments(self, parser):
        parser.add_argument('file', nargs='?', default='cases.yaml')

    def handle(self, *args, **options):
        path = Path(options['file'])
        try:
            entries = yaml.safe_load(path.read_text(encoding='utf-8'))
        except (OSError, yaml.YAMLError) as error:
            raise CommandError('读不了 {}：{}'.format(path, error))
        if not isinstance(entries, list):
            raise CommandError('{} 应当是一个列表'.format(path))
        for entry in entries:
            name = entry.pop('name')
            Case.objects.update_or_create(name=name, defaults=entry)
        self.stdout.write('导入 {} 条用例'.format(len(entries)))
