"""
The hot statement learns the rest of a life: a case that is reopened, a result that is revoked, and what changes beside the state.

What is rare costs what is frequent nothing: an act that changes only the state runs the same parts as before.
"""

from django.db import migrations

MOVE = """
CREATE OR REPLACE FUNCTION move_cases(given json, used_key bytea, its_digest bytea, its_answer bytea) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  g record;
  m record;
  still_open int;
  just_closed bool;
  way text;
BEGIN
  SELECT * INTO STRICT g FROM json_to_record(given) AS x(submission uuid, at timestamptz, actor uuid, follows text,
    follows_closing text, closing int, reopens int, revokes uuid, releases bool, outbox uuid, delivery uuid, electronic text, pick_up_code text,
    moves json, steps json, step_ids jsonb, result_id uuid, result_case uuid, result_number text, result_licence text,
    result_code text);

  FOR m IN SELECT * FROM json_to_recordset(g.moves) AS x("case" uuid, seq int, state text, due_on date, provisional bool,
      stopped_on date, closed bool, lowers int, look_again_at timestamptz, also jsonb) LOOP
    UPDATE cases_caserow c SET state = m.state, seq = c.seq + 1, due_on = m.due_on, provisional = m.provisional,
        stopped_on = m.stopped_on, waits_for = c.waits_for - m.lowers, look_again_at = m.look_again_at,
        closed_at = CASE WHEN m.closed THEN g.at END
      WHERE c.id = m."case" AND c.seq = m.seq AND c.submission_id = g.submission;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'case % is not as it had been read', m."case" USING ERRCODE = 'YJ001';
    END IF;
    IF m.also IS NOT NULL THEN
      UPDATE cases_caserow c SET unit = coalesce(m.also->>'unit', c.unit),
          handler = CASE WHEN m.also ? 'handler' THEN (m.also->>'handler')::uuid ELSE c.handler END,
          extended_days = coalesce((m.also->>'extended_days')::int, c.extended_days),
          reminded = coalesce((m.also->>'reminded')::int, c.reminded), holds = coalesce(m.also->>'holds', c.holds)
        WHERE c.id = m."case";
    END IF;
  END LOOP;

  UPDATE submissions_submissionrow s SET open_cases = s.open_cases - g.closing + g.reopens,
      state = CASE WHEN g.closing > 0 AND s.open_cases + g.reopens = g.closing THEN 'closed'
        WHEN g.releases OR (g.reopens > 0 AND s.state = 'closed') THEN 'released' ELSE s.state END,
      released_at = CASE WHEN g.releases THEN g.at ELSE s.released_at END,
      closed_at = CASE WHEN g.closing > 0 AND s.open_cases + g.reopens = g.closing THEN g.at
        WHEN g.reopens > 0 THEN NULL ELSE s.closed_at END
    WHERE s.id = g.submission AND (NOT g.releases OR s.state = 'received')
    RETURNING s.open_cases, s.delivery_method INTO still_open, way;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the submission is not as it had been read' USING ERRCODE = 'YJ001';
  END IF;
  just_closed := g.closing > 0 AND still_open = 0;

  INSERT INTO cases_steprow (id, submission_id, case_id, action, state, at, by, unit, detail)
    SELECT t.id, g.submission, t.case_id, t.action, t.state, g.at, g.actor, t.unit, t.detail
    FROM json_to_recordset(g.steps) AS t(id uuid, case_id uuid, action text, state text, unit text, detail jsonb);

  INSERT INTO cases_outboxrow (id, submission_id, kind, steps, attempts, told_feed, dead, last_error)
    VALUES (g.outbox, g.submission, CASE WHEN just_closed THEN g.follows_closing ELSE g.follows END, g.step_ids,
      0, false, false, '');

  IF g.revokes IS NOT NULL THEN
    UPDATE results_resultrow r SET state = 'revoked' WHERE r.case_id = g.revokes AND r.state <> 'revoked';
  END IF;

  IF g.result_id IS NOT NULL THEN
    INSERT INTO results_resultrow (id, case_id, number, licence, issued_at, state, code)
      VALUES (g.result_id, g.result_case, g.result_number, g.result_licence, g.at, 'valid', g.result_code);
  END IF;

  IF just_closed AND (g.result_id IS NOT NULL OR anything_granted(g.submission)) THEN
    INSERT INTO results_deliveryrow (id, submission_id, method, pick_up_code, ready_at, delivered_at)
      VALUES (g.delivery, g.submission, way, CASE WHEN way = g.electronic THEN '' ELSE g.pick_up_code END, g.at,
        CASE WHEN way = g.electronic THEN g.at END)
      ON CONFLICT (submission_id) DO UPDATE SET pick_up_code = excluded.pick_up_code, ready_at = excluded.ready_at,
        delivered_at = excluded.delivered_at, delivered_by = NULL;
  END IF;

  IF used_key IS NOT NULL THEN
    INSERT INTO cases_idempotencyrow (key, request_digest, answer, at) VALUES (used_key, its_digest, its_answer, g.at);
  END IF;
  RETURN still_open;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_beside_the_state"),
        ("results", "0002_one_result_in_force"),
    ]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
