from django.urls import path

from wbl.links import views

app_name = "links"
urlpatterns = [
    path("<str:token>/", views.go, name="go"),
    path("<str:token>/renewal/", views.renew, name="renew"),
]
