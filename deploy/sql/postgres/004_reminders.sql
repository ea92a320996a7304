-- Reminders, in the form that Microsoft.Orleans.Reminders.AdoNet asks for.
CREATE TABLE reminders (
    service_id    TEXT COLLATE "C" NOT NULL,
    grain_id      TEXT COLLATE "C" NOT NULL,
    reminder_name TEXT COLLATE "C" NOT NULL,
    start_time    TIMESTAMPTZ NOT NULL,
    period        BIGINT      NOT NULL,   -- milliseconds
    grain_hash    INTEGER     NOT NULL,   -- place on the ring that the silos divide between them
    version       INTEGER     NOT NULL,
    PRIMARY KEY (grain_id, reminder_name, service_id)
) WITH (fillfactor = 80);

CREATE INDEX reminders_by_hash ON reminders (grain_hash);

GRANT SELECT, INSERT, UPDATE, DELETE ON reminders TO lipsync_app;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey',
 'INSERT INTO reminders AS r (service_id, grain_id, reminder_name, start_time, period, grain_hash, version)
  VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
  ON CONFLICT (grain_id, reminder_name, service_id) DO UPDATE
  SET start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = r.version + 1
  RETURNING version AS Version'),
('ReadReminderRowsKey',
 'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminders WHERE grain_id = @GrainId AND service_id = @ServiceId'),
('ReadReminderRowKey',
 'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminders WHERE grain_id = @GrainId AND reminder_name = @ReminderName AND service_id = @ServiceId'),
('ReadRangeRows1Key',
 'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminders WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash'),
-- The range wraps around the end of the ring.
('ReadRangeRows2Key',
 'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
  FROM reminders WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)'),
('DeleteReminderRowKey',
 'WITH gone AS (
      DELETE FROM reminders
      WHERE grain_id = @GrainId AND reminder_name = @ReminderName AND service_id = @ServiceId AND version = @Version
      RETURNING 1)
  SELECT count(*) FROM gone'),
('DeleteReminderRowsKey',
 'DELETE FROM reminders WHERE service_id = @ServiceId');
