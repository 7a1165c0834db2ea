"""What the database itself refuses: changing a step, and writing half of a move."""

from django.db import migrations

GUARD = """
CREATE FUNCTION steps_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'steps are appended, never changed' USING ERRCODE = 'YJ002';
END $$;
CREATE TRIGGER steps_are_kept BEFORE UPDATE OR DELETE ON cases_steprow
  FOR EACH ROW EXECUTE FUNCTION steps_are_kept();
CREATE TRIGGER steps_are_not_emptied BEFORE TRUNCATE ON cases_steprow
  FOR EACH STATEMENT EXECUTE FUNCTION steps_are_kept();

CREATE FUNCTION all_or_nothing(done bigint, expected bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF done <> expected THEN
    RAISE EXCEPTION 'only % of % rows were as they had been read', done, expected USING ERRCODE = 'YJ001';
  END IF;
  RETURN true;
END $$;

CREATE SEQUENCE number_serials INCREMENT BY 100 MINVALUE 0 START WITH 0 MAXVALUE 9999900 CYCLE;
INSERT INTO cases_feedhead (id, position) VALUES (1, 0);
"""
UNGUARD = """
DROP TRIGGER steps_are_kept ON cases_steprow;
DROP TRIGGER steps_are_not_emptied ON cases_steprow;
DROP FUNCTION steps_are_kept();
DROP FUNCTION all_or_nothing(bigint, bigint);
DROP SEQUENCE number_serials;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
