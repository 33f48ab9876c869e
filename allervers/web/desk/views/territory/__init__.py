"""Territoire: the communes, their figures, places and partners; files that come in."""

from django.urls import path

from allervers.web.desk.views.territory import importing, looking, places

addresses = [
    path("territoire", looking.territory, name="territory"),
    path("territoire/importer", importing.choose, name="territory-import"),
    path("territoire/importer/lecture", importing.read, name="territory-import-read"),
    path("territoire/importer/arreter", importing.stop, name="territory-import-stop"),
    path("territoire/importer/faire", importing.carry, name="territory-import-carry"),
    path("territoire/lieux/<uuid:place_id>", places.change, name="place-change"),
    path("territoire/<str:code>", looking.area, name="area"),
    path("territoire/<str:code>/lieux", places.new, name="place-new"),
]
