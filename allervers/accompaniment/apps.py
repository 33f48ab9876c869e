from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "allervers.accompaniment"
    label = "accompaniment"

    def ready(self) -> None:
        """Hear of the meetings written, named or struck after a claim was opened."""
        from allervers.accompaniment.ops.origins import tell_origins
        from allervers.encounters.hearing import meetings_changed

        meetings_changed.connect(tell_origins, dispatch_uid="accompaniment.origins")
