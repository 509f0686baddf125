"""The front door."""

from django.urls import path

from clusterpolisee.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]
