from django.urls import path

from wbl.history import views

app_name = "history"
urlpatterns = [
    path("<int:pk>/return/", views.record, name="return"),
    path("<int:pk>/<slug:column>/", views.value, name="value"),
]
