from django.db import models


class Case(models.Model):
    """一条接口用例：向哪个地址发什么请求，应当得到什么状态码。"""

    METHODS = [(name, name) for name in ('GET', 'POST', 'PUT', 'DELETE')]

    name = models.CharField('名称', max_length=100, unique=True)
    method = models.CharField('方法', max_length=6, choices=METHODS, default='GET')
    path = models.CharField('路径', max_length=200)
    status = models.PositiveSmallIntegerField('状态码', default=200)
    updated = models.DateTimeField('更新时间', auto_now=True)

    class Meta:
        ordering = ['name']
        verbose_name = '接口用例'
        verbose_name_plural = '接口用例'

    def __str__(self):
        return self.name
