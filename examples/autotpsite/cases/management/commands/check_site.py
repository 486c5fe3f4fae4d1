from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = '上线之前逐项检查；有一项不对，退出状态就不是 0'
    # 数据库连不上时也要能报告其余各项。
    requires_system_checks = []

    def handle(self, *args, **options):
        problems = [message for message in (self.check_debug(), self.check_hosts()) if message]
        problems += self.check_database()
        message = self.check_static()
        if message:
            problems.append(message)
        if problems:
            raise CommandError('\n'.join(['有 {} 项不对：'.format(len(problems))] + problems))

    def say(self, name, value):
        self.stdout.write('{}: {}'.format(name, value))

    def check_debug(self):
        self.say('DEBUG', settings.DEBUG)
        return 'DEBUG 是打开的' if settings.DEBUG else None

    def check_hosts(self):
        self.say('ALLOWED_HOSTS', ' '.join(settings.ALLOWED_HOSTS) or '空')
        if not settings.ALLOWED_HOSTS:
            return 'ALLOWED_HOSTS 是空的'
        return 'ALLOWED_HOSTS 里有 *，任何主机名都放行' if '*' in settings.ALLOWED_HOSTS else None

    def check_database(self):
        try:
            connection.ensure_connection()
            executor = MigrationExecutor(connection)
            left = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            self.say('数据库', '连不上')
            return ['数据库连不上：{}'.format(error)]
        self.say('数据库', connection.vendor)
        self.say('未执行的迁移', len(left))
        return ['有 {} 个迁移没有执行'.format(len(left))] if left else []

    def check_static(self):
        root = Path(settings.STATIC_ROOT)
        count = sum(1 for path in root.rglob('*') if path.is_file()) if root.is_dir() else 0
        self.say('静态文件', '{} 个'.format(count))
        return None if count else '静态文件还没有收集到 {}'.format(root)
