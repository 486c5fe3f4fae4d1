#!/usr/bin/env python3
import os
import sys


def main():
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'autotpsite.settings')
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise ImportError('找不到 Django：先激活虚拟环境，再 pip install -r requirements.txt') from error
    execute_from_command_line(sys.argv)


if __name__ == '__main__':
    main()
