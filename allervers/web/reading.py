"""A page that only shows something changes nothing, save the line that says it was shown."""

from django.db import connection

ALLOWED = (
    "SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    'INSERT INTO "base_entry"',
    'INSERT INTO "base_head"',
    'UPDATE "base_head"',
    'INSERT OR IGNORE INTO "base_head"',
    'DELETE FROM "django_session"',  # the session of an account closed, or whose password changed, ends when it is read
)


class GetNeverWrites:
    """Middleware: a GET or HEAD that writes raises."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


def refuse_writes(execute, sql, params, many, context):
    """Let reads and journal lines pass; raise RuntimeError for anything else."""
    if not sql.lstrip().startswith(ALLOWED):
        raise RuntimeError(f"A GET request tried to write: {sql[:60]}. Make the view a POST.")
    return execute(sql, params, many, context)
