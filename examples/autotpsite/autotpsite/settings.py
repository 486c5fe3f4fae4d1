"""
autotpsite 的配置。

代码在哪台机器上都一样，不一样的东西从环境变量来；manage.py 旁边的 .env 文件也算，
里面一行一个 名字=值。.env 里有密码，不进仓库。

| 变量 | 意思 | 不写的话 |
| --- | --- | --- |
| DJANGO_DEBUG | true 是开发模式 | false |
| DJANGO_SECRET_KEY | 签名用的密钥 | 只有开发模式可以不写 |
| DJANGO_ALLOWED_HOSTS | 用哪些主机名访问，逗号分隔 | 空：开发模式下只有本机 |
| DJANGO_HTTPS | true 是全站 HTTPS | false |
| DJANGO_STATIC_ROOT | collectstatic 收集到哪里 | 项目里的 static_root |
| DB_NAME DB_USER DB_PASSWORD DB_HOST DB_PORT | MySQL 数据库 | SQLite，文件 db.sqlite3 |
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def read_env_file(path):
    """环境里已经有的值不会被文件覆盖。"""
    if not path.is_file():
        return
    for line in path.read_text(encoding='utf-8').splitlines():
        name, separator, value = line.strip().partition('=')
        if separator and not name.startswith('#'):
            os.environ.setdefault(name.strip(), value.strip())


def is_on(name):
    return os.environ.get(name, '').lower() in ('1', 'true', 'yes', 'on')


read_env_file(BASE_DIR / '.env')

DEBUG = is_on('DJANGO_DEBUG')

SECRET_KEY = os.environ.get('DJANGO_SECRET_KEY', '')
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured('没有 DJANGO_SECRET_KEY：生产模式必须有自己的密钥')
    SECRET_KEY = 'only-for-development-never-in-production'

ALLOWED_HOSTS = [host.strip() for host in os.environ.get('DJANGO_ALLOWED_HOSTS', '').split(',') if host.strip()]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'cases.apps.CasesConfig',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
]

ROOT_URLCONF = 'autotpsite.urls'
WSGI_APPLICATION = 'autotpsite.wsgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.debug',
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

if os.environ.get('DB_NAME'):
    DATABASES = {
        'default': {
            'ENGINE': 'django.db.backends.mysql',
            'NAME': os.environ['DB_NAME'],
            'USER': os.environ.get('DB_USER', ''),
            'PASSWORD': os.environ.get('DB_PASSWORD', ''),
            'HOST': os.environ.get('DB_HOST', '127.0.0.1'),
            'PORT': os.environ.get('DB_PORT', '3306'),
            'CONN_MAX_AGE': 60,
            # 数据库重启过的话，旧的连接已经断了，用之前先试一下。
            'CONN_HEALTH_CHECKS': True,
            'OPTIONS': {'charset': 'utf8mb4', 'connect_timeout': 5},
        }
    }
else:
    DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': str(BASE_DIR / 'db.sqlite3')}}

# 0001 里的主键是 AutoField；新版 Django 的默认值不同，写明了才不会要求再做一次迁移。
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'

# 有两个后端，自己调用 login() 的代码就必须说明是哪一个，见 cases/account.py。
AUTHENTICATION_BACKENDS = [
    'cases.backends.EmailBackend',
    'django.contrib.auth.backends.ModelBackend',
]
AUTH_PASSWORD_VALIDATORS = [
    {'NAME': 'django.contrib.auth.password_validation.UserAttributeSimilarityValidator'},
    {'NAME': 'django.contrib.auth.password_validation.MinimumLengthValidator'},
    {'NAME': 'django.contrib.auth.password_validation.CommonPasswordValidator'},
]
LOGIN_URL = 'login'
LOGIN_REDIRECT_URL = 'index'

LANGUAGE_CODE = 'zh-hans'
TIME_ZONE = 'Asia/Shanghai'
USE_TZ = True

STATIC_URL = '/static/'
STATIC_ROOT = os.environ.get('DJANGO_STATIC_ROOT', str(BASE_DIR / 'static_root'))

# 下面几项只有在全站 HTTPS 时才能打开，否则登录用的 Cookie 送不回来。
if is_on('DJANGO_HTTPS'):
    SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
else:
    # 浏览器只在 HTTPS 上理会这个响应头，HTTP 上会在控制台里抱怨。
    SECURE_CROSS_ORIGIN_OPENER_POLICY = None
