"""Addresses of jobs."""

from django.urls import path

from clusterpolisee.shell.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/stop/", views.job_stop, name="stop"),
    path("<int:pk>/resume/", views.job_resume, name="resume"),
]
