-- One attempt of one caller to speak with somebody. The newest version of it; revision counts them. queue, wait_seconds and
-- talk_seconds are derived from the facts below when a version is saved. merged_*: it turned out to be a part of that call.
CREATE TABLE call (
    id bigint NOT NULL PRIMARY KEY,
    source nvarchar(200) NOT NULL,
    external_id nvarchar(200) NOT NULL,
    revision int NOT NULL,
    direction nvarchar(40) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    answered_at datetimeoffset(3) NULL,
    ended_at datetimeoffset(3) NULL,
    client_id bigint NULL REFERENCES client (id),
    party_number nvarchar(1000) NULL,
    party_name nvarchar(1000) NULL,
    party_e164 nvarchar(40) NULL,
    party_hidden bit NULL,
    did nvarchar(200) NULL,
    dialled nvarchar(200) NULL,
    placed_by nvarchar(200) NULL,
    answered_by nvarchar(200) NULL,
    answered_external nvarchar(200) NULL,
    last_agent nvarchar(200) NULL,
    result nvarchar(40) NULL,
    reason nvarchar(40) NULL,
    hangup_by nvarchar(200) NULL,
    uncertain nvarchar(40) NULL,
    merged_source nvarchar(200) NULL,
    merged_external_id nvarchar(200) NULL,
    ring_seconds float NOT NULL,
    queue nvarchar(200) NULL,
    wait_seconds float NULL,
    talk_seconds float NOT NULL,
    UNIQUE (source, external_id)
);
GO

CREATE INDEX call_started ON call (started_at, id);
GO

CREATE INDEX call_client ON call (client_id, started_at, id);
GO

CREATE INDEX call_did ON call (did, started_at, id);
GO

-- The calls that go on, each as one text from which its owner takes up the work after a restart. A row goes when its call is over.
CREATE TABLE live_call (
    call_id bigint NOT NULL PRIMARY KEY REFERENCES call (id),
    source nvarchar(200) NOT NULL,
    body nvarchar(max) NOT NULL
);
GO

CREATE INDEX live_call_source ON live_call (source);
GO

-- The extensions that had to do with a call: rang, talked or placed it. Who may see the call, and the call list of one agent.
CREATE TABLE call_party (
    source nvarchar(200) NOT NULL,
    extension nvarchar(200) NOT NULL,
    call_id bigint NOT NULL REFERENCES call (id),
    started_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (call_id, source, extension)
);
GO

CREATE INDEX call_party_started ON call_party (source, extension, started_at, call_id);
GO

-- A channel of the PBX, or a child call at a provider.
CREATE TABLE call_leg (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    leg_id nvarchar(200) NOT NULL,
    kind nvarchar(40) NOT NULL,
    endpoint nvarchar(1000) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    ringing_at datetimeoffset(3) NULL,
    up_at datetimeoffset(3) NULL,
    ended_at datetimeoffset(3) NULL,
    cause int NULL,
    tech_cause nvarchar(200) NULL,
    origin nvarchar(40) NOT NULL,
    dialled_by nvarchar(200) NULL,
    number nvarchar(200) NULL,
    result nvarchar(40) NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- An offer of the call to a phone.
CREATE TABLE call_offer (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    extension nvarchar(200) NOT NULL,
    leg_id nvarchar(200) NOT NULL,
    queue nvarchar(200) NULL,
    offered_at datetimeoffset(3) NOT NULL,
    ring_started_at datetimeoffset(3) NULL,
    ended_at datetimeoffset(3) NULL,
    result nvarchar(40) NULL,
    transferred_by nvarchar(200) NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- A human and the client heard each other.
CREATE TABLE call_talk (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    extension nvarchar(200) NULL,
    external_number nvarchar(200) NULL,
    kind nvarchar(40) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    ended_at datetimeoffset(3) NULL,
    leg_id nvarchar(200) NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- One side put the other on hold.
CREATE TABLE call_hold (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    held_by nvarchar(200) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    ended_at datetimeoffset(3) NULL,
    leg_id nvarchar(200) NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- The call was handed over.
CREATE TABLE call_transfer (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    kind nvarchar(40) NOT NULL,
    given_by nvarchar(200) NOT NULL,
    given_to nvarchar(200) NOT NULL,
    happened_at datetimeoffset(3) NOT NULL,
    is_answered bit NOT NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- A stay in a queue.
CREATE TABLE call_queue_visit (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    queue nvarchar(200) NOT NULL,
    entered_at datetimeoffset(3) NOT NULL,
    left_at datetimeoffset(3) NULL,
    left_how nvarchar(40) NULL,
    first_agent nvarchar(200) NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- A file that the PBX records.
CREATE TABLE call_recording (
    call_id bigint NOT NULL REFERENCES call (id),
    seq int NOT NULL,
    leg_id nvarchar(200) NOT NULL,
    file_name nvarchar(1000) NOT NULL,
    started_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (call_id, seq)
);
GO

-- Who said that a call belongs to which client, and what stood there before.
CREATE TABLE call_link (
    id bigint NOT NULL PRIMARY KEY,
    call_id bigint NOT NULL REFERENCES call (id),
    from_client_id bigint NULL,
    to_client_id bigint NOT NULL REFERENCES client (id),
    agent_id bigint NOT NULL,
    linked_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX call_link_call ON call_link (call_id, linked_at);
GO

-- What arrived and could not be understood or saved: kept for the admin to see.
CREATE TABLE quarantine (
    id bigint NOT NULL PRIMARY KEY,
    source nvarchar(200) NOT NULL,
    why nvarchar(1000) NOT NULL,
    raw nvarchar(max) NOT NULL,
    arrived_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX quarantine_arrived ON quarantine (arrived_at, id);
GO

CREATE INDEX quarantine_source ON quarantine (source, arrived_at);
GO

-- What arrived over HTTP: answered when its row is committed, worked on from here. A repeated request has the same dedup_key.
CREATE TABLE inbox (
    id bigint NOT NULL PRIMARY KEY,
    source nvarchar(200) NOT NULL,
    dedup_key nvarchar(200) NOT NULL,
    received_at datetimeoffset(3) NOT NULL,
    body nvarchar(max) NOT NULL,
    processed_at datetimeoffset(3) NULL,
    error nvarchar(1000) NULL,
    UNIQUE (source, dedup_key)
);
GO

CREATE INDEX inbox_waiting ON inbox (source, id) WHERE processed_at IS NULL;
