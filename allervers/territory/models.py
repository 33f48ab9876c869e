"""Areas and their figures, places, partners and their services."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from allervers.base.models import Record


class AreaKind(models.TextChoices):
    COMMUNE = "commune", "commune"
    IRIS = "iris", "quartier (IRIS)"


class Area(Record):
    """A commune or an IRIS, as INSEE's geography of a given year names it."""

    code = models.CharField("code", max_length=9, unique=True)  # COG 5 characters, IRIS 9
    kind = models.CharField("sorte", max_length=10, choices=AreaKind)
    name = models.CharField("nom", max_length=120)
    commune = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="iris", verbose_name="commune"
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    outline = models.JSONField("contour (GeoJSON)", null=True, blank=True)
    vintage = models.PositiveSmallIntegerField("année de la géographie")

    class Meta:
        verbose_name = "territoire"
        ordering: ClassVar = ["name", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="commune", commune=None) | Q(kind="iris", commune__isnull=False),
                name="an_iris_has_its_commune",
                violation_error_message="Un IRIS appartient à une commune ; une commune à aucune autre.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Source(Record):
    """Where figures or places come from: a publication, a day, a licence."""

    title = models.CharField("titre", max_length=200)
    publisher = models.CharField("producteur", max_length=120)
    address = models.URLField("adresse", max_length=400, blank=True)
    licence = models.CharField("licence", max_length=80, blank=True)
    reference_period = models.CharField("période observée", max_length=40)
    retrieved_on = models.DateField("reçu le")
    sha256 = models.CharField("empreinte du fichier", max_length=64, blank=True)

    class Meta:
        verbose_name = "source"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title", "reference_period"],
                name="one_source_per_title_and_period",
                violation_error_message="Cette source existe déjà pour cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title} ({self.reference_period})"


class Figure(Record):
    """One published figure of an area. An empty value is a figure that is not published: missing, not zero."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures", verbose_name="territoire")
    indicator = models.CharField("indicateur", max_length=40)
    value = models.DecimalField("valeur", max_digits=14, decimal_places=3, null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures", verbose_name="source")

    class Meta:
        verbose_name = "chiffre"
        ordering: ClassVar = ["indicator", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "indicator", "source"],
                name="one_figure_per_area_indicator_and_source",
                violation_error_message="Ce chiffre est déjà connu pour ce territoire et cette source.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.indicator}"


class PlaceKind(models.TextChoices):
    MARKET = "market", "marché"
    ESTATE = "estate", "quartier ou résidence"
    DAY_CENTRE = "day_centre", "accueil de jour"
    FRANCE_SERVICES = "france_services", "France services"
    TOWN_HALL = "town_hall", "mairie ou CCAS"
    SOCIAL_HOUSE = "social_house", "maison des solidarités"
    FOOD_AID = "food_aid", "aide alimentaire"
    SQUARE = "square", "place ou rue"
    OTHER = "other", "autre lieu"


class Place(Record):
    """Where people already go."""

    name = models.CharField("nom", max_length=160)
    kind = models.CharField("sorte", max_length=20, choices=PlaceKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="places", verbose_name="commune ou quartier")
    address = models.CharField("adresse", max_length=240, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    opening_hours = models.CharField("horaires", max_length=240, blank=True)
    note = models.CharField("à savoir", max_length=400, blank=True)
    checked_on = models.DateField("vérifié le", null=True, blank=True)

    class Meta:
        verbose_name = "lieu"
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "area"],
                name="one_place_per_name_and_area",
                violation_error_message="Ce lieu existe déjà dans cette commune.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(Record):
    """An organisation beside which teams work (data·inclusion: structure)."""

    external_id = models.CharField("identifiant d'origine", max_length=160, null=True, blank=True, unique=True)
    name = models.CharField("nom", max_length=200)
    network = models.CharField("réseau", max_length=240, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="partners", verbose_name="commune"
    )
    address = models.CharField("adresse", max_length=240, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    email = models.EmailField("courriel", blank=True)
    website = models.URLField("site", max_length=400, blank=True)
    opening_hours = models.CharField("horaires", max_length=1000, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="partners", verbose_name="source"
    )
    updated_on = models.DateField("mis à jour le", null=True, blank=True)

    class Meta:
        verbose_name = "partenaire"
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Service(Record):
    """What a partner offers (data·inclusion: service)."""

    external_id = models.CharField("identifiant d'origine", max_length=160, null=True, blank=True, unique=True)
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="services", verbose_name="partenaire")
    name = models.CharField("nom", max_length=200)
    description = models.TextField("description", blank=True)
    themes = models.JSONField("thèmes", default=list, blank=True)
    publics = models.JSONField("publics", default=list, blank=True)
    conditions = models.TextField("conditions d'accès", blank=True)
    eligible_codes = models.JSONField("communes couvertes", default=list, blank=True)
    updated_on = models.DateField("mis à jour le", null=True, blank=True)

    class Meta:
        verbose_name = "service"
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Import(Record):
    """A file that came in: what it was, what became of its rows."""

    kind = models.CharField("sorte", max_length=40)
    filename = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    rows = models.PositiveIntegerField("lignes lues", default=0)
    created = models.PositiveIntegerField("créées", default=0)
    changed = models.PositiveIntegerField("changées", default=0)
    unchanged = models.PositiveIntegerField("inchangées", default=0)
    faults = models.JSONField("lignes refusées", default=list, blank=True)
    imported_at = models.DateTimeField("importé le")
    imported_by = models.ForeignKey("accounts.Agent", models.PROTECT, verbose_name="par")

    PRIVACY: ClassVar = dict.fromkeys(
        (
            "id", "kind", "filename", "sha256", "rows", "created", "changed", "unchanged", "faults", "imported_at",
            "imported_by",
        ),
        "savoir d'où vient un chiffre ou un lieu ; nom de l'agent effacé un an après son départ",
    )  # fmt: skip

    class Meta:
        verbose_name = "import"
        ordering: ClassVar = ["-imported_at"]

    def __str__(self) -> str:
        return self.filename
