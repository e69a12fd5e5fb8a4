"""Addresses of sequences and calls, under those of partners."""

from django.urls import path

from partners.views import calls, sequences

urlpatterns = [
    path("sequences/", sequences.sequences, name="sequences"),
    path("sequences/new/", sequences.sequence_add, name="sequence_add"),
    path("sequences/ready/<str:key>/", sequences.sequence_ready, name="sequence_ready"),
    path("sequences/enrolment/", sequences.enrolment, name="enrolment"),
    path("sequences/enrolment/<int:pk>/end/", sequences.enrolment_end, name="enrolment_end"),
    path("sequences/steps/<int:pk>/removal/", sequences.step_removal, name="step_removal"),
    path("sequences/steps/<int:pk>/rise/", sequences.step_rise, name="step_rise"),
    path("sequences/<int:pk>/", sequences.sequence, name="sequence"),
    path("sequences/<int:pk>/activation/", sequences.sequence_activation, name="sequence_activation"),
    path("sequences/<int:pk>/deactivation/", sequences.sequence_deactivation, name="sequence_deactivation"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:pk>/", calls.call, name="call"),
]
