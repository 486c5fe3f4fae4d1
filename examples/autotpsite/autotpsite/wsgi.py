"""uWSGI 要找的就是这里的 application。"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'autotpsite.settings')

application = get_wsgi_application()
