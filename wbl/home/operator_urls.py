from django.urls import path

from wbl.home import operator

app_name = "operator"
urlpatterns = [
    path("", operator.districts, name="districts"),
    path("new/", operator.create, name="create"),
    path("<slug:slug>/address/", operator.rename, name="rename"),
    path("<slug:slug>/entry/", operator.enter, name="enter"),
    path("leaving/", operator.leave, name="leave"),
    path("demo/removal/", operator.end_demo, name="end_demo"),
]
