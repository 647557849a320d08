-- People who work together under a supervisor.
CREATE TABLE team (
    id bigint NOT NULL PRIMARY KEY,
    name nvarchar(200) NOT NULL UNIQUE
);
GO

ALTER TABLE agent ADD team_id bigint NULL REFERENCES team (id);
GO

-- The sound of a call, or of a part of it. external_id is what the source calls it: the path of the PBX's file, the SID of the provider's
-- recording. call_id is NULL while nothing is known of the call. state: expected, ready, missing, deleted; why tells the reason of the last two.
-- damage: what the last check of the stored sound found (gone, changed).
CREATE TABLE recording (
    id bigint NOT NULL PRIMARY KEY,
    source nvarchar(200) NOT NULL,
    leg_id nvarchar(200) NOT NULL,
    external_id nvarchar(400) NOT NULL,
    call_external_id nvarchar(200) NULL,
    call_id bigint NULL REFERENCES call (id),
    state nvarchar(40) NOT NULL,
    why nvarchar(40) NULL,
    is_voicemail bit NOT NULL,
    recorded_at datetimeoffset(3) NOT NULL,
    ready_at datetimeoffset(3) NULL,
    missing_at datetimeoffset(3) NULL,
    deleted_at datetimeoffset(3) NULL,
    blob_key nvarchar(200) NULL,
    sha256 nvarchar(200) NULL,
    bytes bigint NULL,
    content_type nvarchar(200) NULL,
    channels int NULL,
    duration_seconds float NULL,
    checked_at datetimeoffset(3) NULL,
    damage nvarchar(40) NULL,
    UNIQUE (source, leg_id, external_id)
);
GO

CREATE INDEX recording_call ON recording (call_id);
GO

CREATE INDEX recording_state ON recording (state, recorded_at, id);
GO

CREATE INDEX recording_blob ON recording (blob_key);
GO

-- How loud it is, for the player's picture: JSON, read with one recording at a time.
CREATE TABLE recording_peaks (
    recording_id bigint NOT NULL PRIMARY KEY REFERENCES recording (id),
    peaks nvarchar(max) NOT NULL
);
GO

-- What each role may do with recordings. scope: whose: own, team, all, none.
CREATE TABLE listening_right (
    role nvarchar(40) NOT NULL PRIMARY KEY,
    scope nvarchar(40) NOT NULL,
    may_play bit NOT NULL,
    may_download bit NOT NULL,
    may_share bit NOT NULL
);
GO

INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('agent', 'own', 1, 0, 0);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('supervisor', 'team', 1, 1, 0);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('manager', 'all', 1, 1, 1);
INSERT INTO listening_right (role, scope, may_play, may_download, may_share) VALUES ('admin', 'all', 1, 1, 1);
GO

-- One row: how long recordings are kept (NULL: for ever), when one that has not come is missing, and whether agents see who
-- listened to their calls.
CREATE TABLE recording_policy (
    id int NOT NULL PRIMARY KEY,
    keep_days int NULL,
    missing_after_minutes int NOT NULL,
    agents_see_listeners bit NOT NULL
);
GO

INSERT INTO recording_policy (id, keep_days, missing_after_minutes, agents_see_listeners) VALUES (1, NULL, 10, 1);
GO

-- A recording that one colleague let another hear, for a while.
CREATE TABLE recording_share (
    id bigint NOT NULL PRIMARY KEY,
    recording_id bigint NOT NULL REFERENCES recording (id),
    from_agent_id bigint NOT NULL,
    to_agent_id bigint NOT NULL REFERENCES agent (id),
    shared_at datetimeoffset(3) NOT NULL,
    expires_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX recording_share_to ON recording_share (to_agent_id, recording_id);
GO

CREATE INDEX recording_share_recording ON recording_share (recording_id);
GO

-- The journal of deletions: what was there, and by which rule it went.
CREATE TABLE recording_deletion (
    id bigint NOT NULL PRIMARY KEY,
    recording_id bigint NOT NULL REFERENCES recording (id),
    rule_text nvarchar(200) NOT NULL,
    recorded_at datetimeoffset(3) NOT NULL,
    deleted_at datetimeoffset(3) NOT NULL,
    bytes bigint NOT NULL,
    sha256 nvarchar(200) NOT NULL
);
GO

CREATE INDEX recording_deletion_at ON recording_deletion (deleted_at, id);
GO

-- What a PBX's relay signs in with. Only the hash of the token is kept.
CREATE TABLE relay_token (
    id bigint NOT NULL PRIMARY KEY,
    pbx nvarchar(200) NOT NULL,
    token_hash nvarchar(200) NOT NULL UNIQUE,
    created_at datetimeoffset(3) NOT NULL,
    last_used_at datetimeoffset(3) NULL,
    revoked_at datetimeoffset(3) NULL
);
GO

-- Who did what with what, and who was refused. Rows are only ever added. actor_kind: person or program (then actor_id is its key's).
CREATE TABLE audit_event (
    id bigint NOT NULL PRIMARY KEY,
    happened_at datetimeoffset(3) NOT NULL,
    actor_id bigint NOT NULL,
    actor_kind nvarchar(40) NOT NULL,
    action nvarchar(40) NOT NULL,
    outcome nvarchar(40) NOT NULL,
    subject nvarchar(40) NOT NULL,
    subject_id bigint NOT NULL,
    detail nvarchar(1000) NULL,
    address nvarchar(200) NULL
);
GO

CREATE INDEX audit_event_happened ON audit_event (happened_at, id);
GO

CREATE INDEX audit_event_subject ON audit_event (subject, subject_id, happened_at, id);
GO

CREATE INDEX audit_event_actor ON audit_event (actor_id, happened_at, id);
