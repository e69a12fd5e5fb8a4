"""Addresses of sequences, announcements and calls, under those of partners."""

from django.urls import path

from partners.views import calls, enrolments, mailings, sequences

urlpatterns = [
    path("sequences/", sequences.sequences, name="sequences"),
    path("sequences/new/", sequences.sequence_add, name="sequence_add"),
    path("sequences/ready/<str:key>/", sequences.sequence_ready, name="sequence_ready"),
    path("sequences/enrolment/", enrolments.enrolment, name="enrolment"),
    path("sequences/enrolment/<int:pk>/end/", enrolments.enrolment_end, name="enrolment_end"),
    path("sequences/enrolment/<int:pk>/return/", enrolments.enrolment_return, name="enrolment_return"),
    path(
        "sequences/<int:pk>/enrolments/<int:first>/<int:last>/undo/", enrolments.enrolment_undo, name="enrolment_undo"
    ),
    path("sequences/steps/<int:pk>/", sequences.step, name="sequence_step"),
    path("sequences/steps/<int:pk>/removal/", sequences.step_removal, name="step_removal"),
    path("sequences/steps/<int:pk>/rise/", sequences.step_rise, name="step_rise"),
    path("sequences/<int:pk>/", sequences.sequence, name="sequence"),
    path("sequences/<int:pk>/activation/", sequences.sequence_activation, name="sequence_activation"),
    path("sequences/<int:pk>/deactivation/", sequences.sequence_deactivation, name="sequence_deactivation"),
    path("mailings/", mailings.mailings, name="mailings"),
    path("mailings/new/", mailings.mailing_add, name="mailing_add"),
    path("mailings/<int:pk>/", mailings.mailing, name="mailing"),
    path("mailings/<int:pk>/removal/", mailings.mailing_removal, name="mailing_removal"),
    path("mailings/<int:pk>/return/", mailings.mailing_return, name="mailing_return"),
    path("mailings/<int:pk>/test/", mailings.mailing_test, name="mailing_test"),
    path("mailings/<int:pk>/dispatch/", mailings.mailing_dispatch, name="mailing_dispatch"),
    path("mailings/<int:pk>/stop/", mailings.mailing_stop, name="mailing_stop"),
    path("mailings/<int:pk>/copy/", mailings.mailing_copy, name="mailing_copy"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:pk>/", calls.call, name="call"),
]
