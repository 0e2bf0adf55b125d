"""Addresses."""

from django.urls import path

from partnerships.views import deeds, pages, papers, steps, templates

app_name = "partnerships"
urlpatterns = [
    path("", pages.agreement_list, name="list"),
    path("ny/", pages.new, name="new"),
    path("ny/<int:pk>/", pages.start, name="start"),
    path("arbejdssted/<int:pk>/", pages.for_workplace, name="for_workplace"),
    path("ordlyd/", templates.templates, name="templates"),
    path("ordlyd/<int:pk>/", templates.template, name="template"),
    path("ordlyd/<int:pk>/ny-version/", templates.template_new, name="template_new"),
    path("ordlyd/<int:pk>/blanket/", papers.blank, name="blank"),
    path("<int:pk>/", pages.agreement_page, name="agreement"),
    path("<int:pk>/trin/<int:number>/", steps.step, name="step"),
    path("<int:pk>/papir/", papers.paper, name="paper"),
    path("<int:pk>/dokument/<int:version>/", papers.document, name="document"),
    path("<int:pk>/logo/", papers.logo, name="logo"),
    path("<int:pk>/ret/", pages.edit, name="edit"),
    path("<int:pk>/tag-tilbage/", deeds.take_back, name="take_back"),
    path("<int:pk>/underskrift/", deeds.sign, name="sign"),
    path("<int:pk>/ophoer/", deeds.end, name="end"),
    path("<int:pk>/forny/", deeds.renew, name="renew"),
    path("<int:pk>/opgiv/", deeds.discard, name="discard"),
    path("<int:pk>/genoptag/", deeds.restore, name="restore"),
]
