"""
Whether a submission has a granted case, as it stands now and not as it stood when the statement began.

The act that closes the last case may have waited for another that was granting the one before; a volatile function
looks anew, so that what was granted is delivered whoever comes last.
"""

from django.db import migrations

LOOK = """
CREATE FUNCTION anything_granted(submission uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM cases_caserow x WHERE x.submission_id = submission AND x.state = 'granted');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_steps_are_kept")]
    operations = [migrations.RunSQL(LOOK, "DROP FUNCTION anything_granted(uuid)")]
