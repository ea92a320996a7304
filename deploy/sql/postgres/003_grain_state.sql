-- One row per grain record, in the form that Microsoft.Orleans.Persistence.AdoNet asks for. The version is the etag: a write succeeds only over the version it has read.
-- No index but the key, and room in every page: an update then touches no index and cleans up after itself.
CREATE TABLE grain_state (
    service_id TEXT COLLATE "C" NOT NULL,
    state_name TEXT COLLATE "C" NOT NULL,
    grain_id   TEXT COLLATE "C" NOT NULL,
    version    INTEGER NOT NULL,
    payload    BYTEA  NOT NULL,
    PRIMARY KEY (grain_id, state_name, service_id)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE, DELETE ON grain_state TO lipsync_app;

-- Each is one statement and answers one row: the new version, or where nothing was written the one that was asked for, by which
-- Orleans knows the write as refused. The service keys records by the grain's whole id, which is the "extension" here.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey',
 'SELECT payload AS PayloadBinary, version AS Version FROM grain_state
  WHERE grain_id = @GrainIdExtensionString AND state_name = @GrainTypeString AND service_id = @ServiceId'),
('WriteToStorageKey',
 'WITH changed AS (
      UPDATE grain_state SET version = version + 1, payload = @PayloadBinary
      WHERE grain_id = @GrainIdExtensionString AND state_name = @GrainTypeString AND service_id = @ServiceId AND version = @GrainStateVersion
      RETURNING version),
  added AS (
      INSERT INTO grain_state (grain_id, state_name, service_id, version, payload)
      SELECT @GrainIdExtensionString, @GrainTypeString, @ServiceId, 1, @PayloadBinary WHERE @GrainStateVersion IS NULL
      ON CONFLICT DO NOTHING
      RETURNING version)
  SELECT coalesce((SELECT version FROM changed), (SELECT version FROM added), @GrainStateVersion) AS NewGrainStateVersion'),
('ClearStorageKey',
 'WITH gone AS (
      DELETE FROM grain_state
      WHERE grain_id = @GrainIdExtensionString AND state_name = @GrainTypeString AND service_id = @ServiceId AND version = @GrainStateVersion
      RETURNING version)
  SELECT coalesce((SELECT version + 1 FROM gone), @GrainStateVersion) AS NewGrainStateVersion'),
('DeleteStorageKey',
 'WITH gone AS (
      DELETE FROM grain_state
      WHERE grain_id = @GrainIdExtensionString AND state_name = @GrainTypeString AND service_id = @ServiceId AND version = @GrainStateVersion
      RETURNING version)
  SELECT coalesce((SELECT version + 1 FROM gone), @GrainStateVersion) AS NewGrainStateVersion');
