import logging

from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render

from .models import Case

logger = logging.getLogger(__name__)


@login_required
def index(request):
    return render(request, 'cases/index.html', {'cases': Case.objects.all()})


def health(request):
    """给部署时的检查用：能查到表，才算真的起来了。"""
    try:
        count = Case.objects.count()
    except DatabaseError as error:
        logger.error('健康检查：%s', error)
        return JsonResponse({'status': 'error', 'database': connection.vendor}, status=503)
    return JsonResponse({'status': 'ok', 'database': connection.vendor, 'cases': count})
