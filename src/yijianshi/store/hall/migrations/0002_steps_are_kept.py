"""What the database itself refuses: changing what was done to a booking or with a ticket, and what a centre was before."""

from django.db import migrations

TABLES = ("hall_bookingsteprow", "hall_ticketsteprow", "hall_centrechangerow")
GUARD = """
CREATE FUNCTION hall_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of the hall is appended, never changed' USING ERRCODE = 'YJ002';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER hall_is_kept BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION hall_is_kept();
CREATE TRIGGER hall_is_not_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION hall_is_kept();
"""
    for table in TABLES
)
UNGUARD = (
    "".join(
        f"DROP TRIGGER hall_is_kept ON {table}; DROP TRIGGER hall_is_not_emptied ON {table};\n"
        for table in TABLES
    )
    + "DROP FUNCTION hall_is_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("hall", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
