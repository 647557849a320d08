-- People who work together under a supervisor.
CREATE TABLE team (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE
);

ALTER TABLE agent ADD COLUMN team_id integer NULL REFERENCES team (id);

-- The sound of a call, or of a part of it. external_id is what the source calls it: the path of the PBX's file, the SID of the provider's
-- recording. call_id is NULL while nothing is known of the call. state: expected, ready, missing, deleted; why tells the reason of the last two.
-- damage: what the last check of the stored sound found (gone, changed).
CREATE TABLE recording (
    id integer NOT NULL PRIMARY KEY,
    source text NOT NULL,
    leg_id text NOT NULL,
    external_id text NOT NULL,
    call_external_id text NULL,
    call_id integer NULL REFERENCES call (id),
    state text NOT NULL,
    why text NULL,
    is_voicemail integer NOT NULL,
    recorded_at text NOT NULL,
    ready_at text NULL,
    missing_at text NULL,
    deleted_at text NULL,
    blob_key text NULL,
    sha256 text NULL,
    bytes integer NULL,
    content_type text NULL,
    channels integer NULL,
    duration_seconds real NULL,
    checked_at text NULL,
    damage text NULL,
    UNIQUE (source, leg_id, external_id)
);

CREATE INDEX recording_call ON recording (call_id);

CREATE INDEX recording_state ON recording (state, recorded_at, id);

CREATE INDEX recording_blob ON recording (blob_key);

-- How loud it is, for the player's picture: JSON, read with one recording at a time.
CREATE TABLE recording_peaks (
    recording_id integer NOT NULL PRIMARY KEY REFERENCES recording (id),
    peaks text NOT NULL
);

-- What each role may do with recordings. scope: whose: own, team, all, none.
CREATE TABLE listening_right (
    role text NOT NULL PRIMARY KEY,
    scope text NOT NULL,
    may_play integer NOT NULL,
    may_download integer NOT NULL,
    may_share integer NOT NULL
);

INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('agent', 'own', 1, 0, 0);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('supervisor', 'team', 1, 1, 0);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('manager', 'all', 1, 1, 1);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('admin', 'all', 1, 1, 1);

-- One row: how long recordings are kept (NULL: for ever), when one that has not come is missing, and whether agents see who
-- listened to their calls.
CREATE TABLE recording_policy (
    id integer NOT NULL PRIMARY KEY,
    keep_days integer NULL,
    missing_after_minutes integer NOT NULL,
    agents_see_listeners integer NOT NULL
);

INSERT INTO recording_policy (id, keep_days, missing_after_minutes, agents_see_listeners) VALUES (1, NULL, 10, 1);

-- A recording that one colleague let another hear, for a while.
CREATE TABLE recording_share (
    id integer NOT NULL PRIMARY KEY,
    recording_id integer NOT NULL REFERENCES recording (id),
    from_agent_id integer NOT NULL,
    to_agent_id integer NOT NULL REFERENCES agent (id),
    shared_at text NOT NULL,
    expires_at text NOT NULL
);

CREATE INDEX recording_share_to ON recording_share (to_agent_id, recording_id);

CREATE INDEX recording_share_recording ON recording_share (recording_id);

-- The journal of deletions: what was there, and by which rule it went.
CREATE TABLE recording_deletion (
    id integer NOT NULL PRIMARY KEY,
    recording_id integer NOT NULL REFERENCES recording (id),
    rule_text text NOT NULL,
    recorded_at text NOT NULL,
    deleted_at text NOT NULL,
    bytes integer NOT NULL,
    sha256 text NOT NULL
);

CREATE INDEX recording_deletion_at ON recording_deletion (deleted_at, id);

-- What a PBX's relay signs in with. Only the hash of the token is kept.
CREATE TABLE relay_token (
    id integer NOT NULL PRIMARY KEY,
    pbx text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    created_at text NOT NULL,
    last_used_at text NULL,
    revoked_at text NULL
);

-- Who did what with what, and who was refused. Rows are only ever added. actor_kind: person or program (then actor_id is its key's).
CREATE TABLE audit_event (
    id integer NOT NULL PRIMARY KEY,
    happened_at text NOT NULL,
    actor_id integer NOT NULL,
    actor_kind text NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    subject text NOT NULL,
    subject_id integer NOT NULL,
    detail text NULL,
    address text NULL
);

CREATE INDEX audit_event_happened ON audit_event (happened_at, id);

CREATE INDEX audit_event_subject ON audit_event (subject, subject_id, happened_at, id);

CREATE INDEX audit_event_actor ON audit_event (actor_id, happened_at, id);
