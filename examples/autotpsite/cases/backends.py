from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class EmailBackend(ModelBackend):
    """让后台管理的登录框也认邮箱。"""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if not username or '@' not in username or password is None:
            return None
        accounts = list(get_user_model().objects.filter(email__iexact=username)[:2])
        if len(accounts) != 1 or not accounts[0].check_password(password):
            return None
        return accounts[0] if self.user_can_authenticate(accounts[0]) else None
