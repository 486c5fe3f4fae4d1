import os
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

from django.contrib.auth import get_user_model, login
from django.core.management import CommandError, call_command
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from autotpsite.settings import read_env_file

from .models import Case

PASSWORD = 'Example-Site@2024'


class LoginTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.account = get_user_model().objects.create_user('tester', 'tester@example.com', PASSWORD)

    def post(self, name, password, **more):
        return self.client.post(reverse('login'), dict(username=name, password=password, **more))

    def test_index_asks_for_login(self):
        self.assertRedirects(self.client.get('/'), '/login/?next=/')

    def test_login_by_name_and_by_email(self):
        for name in ('tester', 'Tester@example.com'):
            self.assertRedirects(self.post(name, PASSWORD), '/')
            self.client.logout()

    def test_wrong_password_and_unknown_name_look_the_same(self):
        answers = [self.post(*pair) for pair in (('tester', 'wrong-password'), ('nobody', PASSWORD), ('', ''))]
        self.assertEqual([answer.status_code for answer in answers], [403] * 3)
        for answer in answers:
            self.assertContains(answer, '用户名或密码不对', status_code=403)

    def test_stopped_account_cannot_log_in(self):
        get_user_model().objects.filter(username='tester').update(is_active=False)
        self.assertEqual(self.post('tester', PASSWORD).status_code, 403)

    def test_next_stays_on_this_site(self):
        self.assertRedirects(self.post('tester', PASSWORD, next='/health/'), '/health/')
        self.assertRedirects(self.post('tester', PASSWORD, next='https://example.org/'), '/')

    def test_login_without_backend_is_refused(self):
        """account.py 里的 backend= 不是多余的：去掉它就是这个错误。"""
        request = RequestFactory().post('/login/')
        request.session = self.client.session
        with self.assertRaisesMessage(ValueError, 'multiple authentication backends'):
            login(request, get_user_model().objects.get(username='tester'))

    def test_logout(self):
        self.client.force_login(self.account, backend='django.contrib.auth.backends.ModelBackend')
        self.assertRedirects(self.client.post(reverse('logout')), '/login/')

    def test_admin_takes_the_email_too(self):
        self.assertTrue(self.client.login(username='tester@example.com', password=PASSWORD))
        self.assertFalse(self.client.login(username='tester@example.com', password='wrong-password'))


class CaseTests(TestCase):
    def test_load_cases_twice_is_the_same(self):
        for _ in range(2):
            call_command('load_cases', str(Path(__file__).parent.parent / 'cases.yaml'), stdout=StringIO())
        self.assertEqual(Case.objects.count(), 4)

    def test_load_cases_refuses_what_is_no_list(self):
        with tempfile.NamedTemporaryFile('w', suffix='.yaml') as file:
            file.write('name: 一条')
            file.flush()
            with self.assertRaises(CommandError):
                call_command('load_cases', file.name)

    def test_index_shows_cases(self):
        Case.objects.create(name='首页<b>', path='/')
        account = get_user_model().objects.create_user('tester', password=PASSWORD)
        self.client.force_login(account, backend='django.contrib.auth.backends.ModelBackend')
        self.assertContains(self.client.get('/'), '首页&lt;b&gt;')

    def test_health(self):
        self.assertEqual(self.client.get('/health/').json()['status'], 'ok')


class CheckSiteTests(TestCase):
    def check(self):
        out = StringIO()
        call_command('check_site', stdout=out)
        return out.getvalue()

    def test_good_site(self):
        with tempfile.TemporaryDirectory() as root:
            with override_settings(DEBUG=False, ALLOWED_HOSTS=['example.com'], STATIC_ROOT=root):
                call_command('collectstatic', interactive=False, stdout=StringIO())
                self.assertIn('未执行的迁移: 0', self.check())

    @override_settings(DEBUG=True, ALLOWED_HOSTS=['*'], STATIC_ROOT='/nonexistent')
    def test_every_problem_is_named(self):
        with self.assertRaises(CommandError) as caught:
            self.check()
        for word in ('3 项', 'DEBUG', '*', '静态文件'):
            self.assertIn(word, str(caught.exception))


class EnvFileTests(SimpleTestCase):
    def test_environment_wins_over_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, '.env')
            path.write_text('# 注释=1\nA_FIRST = one=1\n\nA_SECOND=two\n', encoding='utf-8')
            with mock.patch.dict(os.environ, {'A_SECOND': 'set'}):
                read_env_file(path)
                self.assertEqual((os.environ['A_FIRST'], os.environ['A_SECOND']), ('one=1', 'set'))

    def test_no_file(self):
        read_env_file(Path('/nonexistent/.env'))
