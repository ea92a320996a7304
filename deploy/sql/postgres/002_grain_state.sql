-- One row per grain record. The version is the etag: a write succeeds only over the version it has read.
-- No index but the key, and room in every page: an update then touches no index and cleans up after itself.
CREATE TABLE grain_state (
    service_id TEXT COLLATE "C" NOT NULL,
    state_name TEXT COLLATE "C" NOT NULL,
    grain_id   TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    payload    BYTEA  NOT NULL,
    PRIMARY KEY (grain_id, state_name, service_id)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE, DELETE ON grain_state TO lipsync_app;
