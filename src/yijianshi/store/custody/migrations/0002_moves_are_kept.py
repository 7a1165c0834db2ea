"""What the database itself refuses: changing who had a paper, who took a submission in, where results are fetched."""

from django.db import migrations

TABLES = ("custody_moverow", "custody_intakerow", "custody_pickuprow", "custody_handoverrow")
GUARD = """
CREATE FUNCTION custody_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of custody is appended, never changed' USING ERRCODE = 'YJ002';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER custody_is_kept BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION custody_is_kept();
CREATE TRIGGER custody_is_not_emptied BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION custody_is_kept();
"""
    for table in TABLES
)
UNGUARD = (
    "".join(
        f"DROP TRIGGER custody_is_kept ON {table}; DROP TRIGGER custody_is_not_emptied ON {table};\n"
        for table in TABLES
    )
    + "DROP FUNCTION custody_is_kept();"
)


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
