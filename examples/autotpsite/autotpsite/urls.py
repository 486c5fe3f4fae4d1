from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import path

from cases import account, views

urlpatterns = [
    path('', views.index, name='index'),
    path('login/', account.user, name='login'),
    path('logout/', LogoutView.as_view(next_page='login'), name='logout'),
    path('health/', views.health, name='health'),
    path('admin/', admin.site.urls),
]
