from django.contrib import admin

from .models import Case


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ('name', 'method', 'path', 'status', 'updated')
    search_fields = ('name', 'path')
