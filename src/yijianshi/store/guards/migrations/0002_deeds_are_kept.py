"""What the database itself refuses: changing what an administrator did."""

from django.db import migrations

GUARD = """
CREATE FUNCTION deeds_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record of administration is appended, never changed' USING ERRCODE = 'YJ002';
END $$;
CREATE TRIGGER deeds_are_kept BEFORE UPDATE OR DELETE ON guards_deedrow
  FOR EACH ROW EXECUTE FUNCTION deeds_are_kept();
CREATE TRIGGER deeds_are_not_emptied BEFORE TRUNCATE ON guards_deedrow
  FOR EACH STATEMENT EXECUTE FUNCTION deeds_are_kept();
"""
UNGUARD = """
DROP TRIGGER deeds_are_kept ON guards_deedrow;
DROP TRIGGER deeds_are_not_emptied ON guards_deedrow;
DROP FUNCTION deeds_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("guards", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
