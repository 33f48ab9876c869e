"""The desk application: today, territory, outings, encounters, rights, persons, journeys, figures."""
