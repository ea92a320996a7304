-- Who is in the cluster, in the form that Microsoft.Orleans.Clustering.AdoNet asks for: it ships no SQL and reads its queries from
-- OrleansQuery. Every change of a member raises the cluster's version by one; a change over a version that is no longer current is
-- refused. Both happen in one statement: who comes second waits for the version's row, and then finds it changed.
CREATE TABLE OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

CREATE TABLE membership_versions (
    cluster_id TEXT        NOT NULL PRIMARY KEY,
    version    INTEGER     NOT NULL DEFAULT 0,
    changed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE members (
    cluster_id    TEXT        NOT NULL,
    address       TEXT        NOT NULL,
    port          INTEGER     NOT NULL,
    generation    INTEGER     NOT NULL,
    silo_name     TEXT        NOT NULL,
    host_name     TEXT        NOT NULL,
    status        INTEGER     NOT NULL,   -- Orleans.Runtime.SiloStatus: 3 Active, 6 Dead
    proxy_port    INTEGER     NOT NULL,   -- where clients connect; 0: nowhere
    suspect_times TEXT,
    start_time    TIMESTAMPTZ NOT NULL,
    alive_time    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

GRANT SELECT ON OrleansQuery TO lipsync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON membership_versions, members TO lipsync_app;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('GatewaysQueryKey',
 'SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM members
  WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0'),
-- One row with the version at least, also where there is no member.
('MembershipReadRowKey',
 'SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
         m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
         m.alive_time AS IAmAliveTime, v.version AS Version
  FROM membership_versions v LEFT JOIN members m
  ON m.cluster_id = v.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
  WHERE v.cluster_id = @DeploymentId'),
('MembershipReadAllKey',
 'SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
         m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
         m.alive_time AS IAmAliveTime, v.version AS Version
  FROM membership_versions v LEFT JOIN members m ON m.cluster_id = v.cluster_id
  WHERE v.cluster_id = @DeploymentId'),
('InsertMembershipVersionKey',
 'WITH added AS (
      INSERT INTO membership_versions (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*) FROM added'),
('InsertMembershipKey',
 'WITH raised AS (
      UPDATE membership_versions SET version = version + 1, changed_at = now()
      WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
          SELECT FROM members
          WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
      RETURNING cluster_id),
  added AS (
      INSERT INTO members (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
      SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
      RETURNING 1)
  SELECT count(*) FROM added'),
('UpdateMembershipKey',
 'WITH raised AS (
      UPDATE membership_versions SET version = version + 1, changed_at = now()
      WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
          SELECT FROM members
          WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
      RETURNING cluster_id),
  changed AS (
      UPDATE members m SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
      FROM raised
      WHERE m.cluster_id = raised.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
      RETURNING 1)
  SELECT count(*) FROM changed'),
('UpdateIAmAlivetimeKey',
 'UPDATE members SET alive_time = @IAmAliveTime
  WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('DeleteMembershipTableEntriesKey',
 'WITH members_gone AS (DELETE FROM members WHERE cluster_id = @DeploymentId)
  DELETE FROM membership_versions WHERE cluster_id = @DeploymentId'),
-- Orleans requires the first of these two and uses the second where it is there: rows of the dead, unless they changed meanwhile.
('CleanupDefunctSiloEntriesKey',
 'DELETE FROM members WHERE cluster_id = @DeploymentId AND status = 6 AND alive_time < @IAmAliveTime'),
('CleanupDefunctSiloEntryKey',
 'DELETE FROM members
  WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
        AND start_time = @StartTime AND alive_time = @IAmAliveTime AND suspect_times IS NOT DISTINCT FROM @SuspectTimes');
