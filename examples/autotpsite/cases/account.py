"""登录页：用户名或邮箱，加密码。"""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.db.models import Q
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

BACKEND = 'django.contrib.auth.backends.ModelBackend'


@never_cache
@require_http_methods(['GET', 'POST'])
def user(request):
    target = request.POST.get('next') or request.GET.get('next') or ''
    context = {'next': target, 'name': request.POST.get('username', '')}
    if request.method == 'POST':
        account = find_account(context['name'], request.POST.get('password', ''))
        if account is not None:
            # 账号是自己查出来的，没有经过 authenticate()，Django 不知道它属于哪个后端；
            # 设置里有不止一个后端，不写 backend= 就会抛出 ValueError。
            login(request, account, backend=BACKEND)
            return redirect(safe_target(request, target))
        context['error'] = '用户名或密码不对'
    return render(request, 'cases/login.html', context, status=200 if 'error' not in context else 403)


def find_account(name, password):
    """密码不对、账号停用、查到不止一个，都算没有。"""
    User = get_user_model()
    accounts = list(User.objects.filter(Q(username=name) | Q(email__iexact=name))[:2]) if name else []
    if len(accounts) != 1:
        # 账号不存在时也花同样的时间，免得从快慢上猜出有没有这个账号。
        User().set_password(password)
        return None
    account = accounts[0]
    return account if account.check_password(password) and account.is_active else None


def safe_target(request, target):
    if target and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return resolve_url(settings.LOGIN_REDIRECT_URL)
