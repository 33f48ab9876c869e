"""Droits: plain questions, then the rights side by side with the person, and a page that they take away.

Nothing is kept between two pages but in the pages themselves: leaving leaves nothing.
"""

from django.urls import path

from allervers.web.desk.views.rights import asking, choosing, results

addresses = [
    path("droits", asking.start, name="rights-start"),
    path("droits/questions", asking.ask, name="rights-ask"),
    path("droits/resultat", results.see, name="rights-see"),
    path("droits/page-a-emporter", results.sheet, name="rights-print"),
    path("droits/choix", choosing.settle, name="rights-settle"),
]
