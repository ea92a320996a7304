-- One row per grain record. The version is the etag: a write succeeds only over the version it has read.
CREATE TABLE grain_state (
    state_name TEXT    NOT NULL,
    grain_id   TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    payload    BLOB    NOT NULL,
    PRIMARY KEY (state_name, grain_id)
) WITHOUT ROWID;
