-- One attempt of one caller to speak with somebody. The newest version of it; revision counts them. queue, wait_seconds and
-- talk_seconds are derived from the facts below when a version is saved. merged_*: it turned out to be a part of that call.
CREATE TABLE call (
    id bigint NOT NULL PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    direction text NOT NULL,
    started_at timestamptz NOT NULL,
    answered_at timestamptz NULL,
    ended_at timestamptz NULL,
    client_id bigint NULL REFERENCES client (id),
    party_number text NULL,
    party_name text NULL,
    party_e164 text COLLATE "C" NULL,
    party_hidden boolean NULL,
    did text NULL,
    dialled text NULL,
    placed_by text NULL,
    answered_by text NULL,
    answered_external text NULL,
    last_agent text NULL,
    result text NULL,
    reason text NULL,
    hangup_by text NULL,
    uncertain text NULL,
    merged_source text COLLATE "C" NULL,
    merged_external_id text COLLATE "C" NULL,
    ring_seconds double precision NOT NULL,
    queue text NULL,
    wait_seconds double precision NULL,
    talk_seconds double precision NOT NULL,
    UNIQUE (source, external_id)
);

CREATE INDEX call_started ON call (started_at, id);

CREATE INDEX call_client ON call (client_id, started_at, id);

CREATE INDEX call_did ON call (did, started_at, id);

-- The calls that go on, each as one text from which its owner takes up the work after a restart. A row goes when its call is over.
CREATE TABLE live_call (
    call_id bigint NOT NULL PRIMARY KEY REFERENCES call (id),
    source text COLLATE "C" NOT NULL,
    body text NOT NULL
);

CREATE INDEX live_call_source ON live_call (source);

-- The extensions that had to do with a call: rang, talked or placed it. Who may see the call, and the call list of one agent.
CREATE TABLE call_party (
    source text COLLATE "C" NOT NULL,
    extension text COLLATE "C" NOT NULL,
    call_id bigint NOT NULL REFERENCES call (id),
    started_at timestamptz NOT NULL,
    PRIMARY KEY (call_id, source, extension)
);

CREATE INDEX call_party_started ON call_party (source, extension, started_at, call_id);

-- A channel of the PBX, or a child call at a provider.
CREATE TABLE call_leg (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    leg_id text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    endpoint text NOT NULL,
    started_at timestamptz NOT NULL,
    ringing_at timestamptz NULL,
    up_at timestamptz NULL,
    ended_at timestamptz NULL,
    cause integer NULL,
    tech_cause text NULL,
    origin text NOT NULL,
    dialled_by text COLLATE "C" NULL,
    number text NULL,
    result text NULL,
    PRIMARY KEY (call_id, seq)
);

-- An offer of the call to a phone.
CREATE TABLE call_offer (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    extension text COLLATE "C" NOT NULL,
    leg_id text COLLATE "C" NOT NULL,
    queue text NULL,
    offered_at timestamptz NOT NULL,
    ring_started_at timestamptz NULL,
    ended_at timestamptz NULL,
    result text NULL,
    transferred_by text NULL,
    PRIMARY KEY (call_id, seq)
);

-- A human and the client heard each other.
CREATE TABLE call_talk (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    extension text COLLATE "C" NULL,
    external_number text NULL,
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NULL,
    leg_id text COLLATE "C" NULL,
    PRIMARY KEY (call_id, seq)
);

-- One side put the other on hold.
CREATE TABLE call_hold (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    held_by text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NULL,
    leg_id text COLLATE "C" NULL,
    PRIMARY KEY (call_id, seq)
);

-- The call was handed over.
CREATE TABLE call_transfer (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    kind text NOT NULL,
    given_by text NOT NULL,
    given_to text NOT NULL,
    happened_at timestamptz NOT NULL,
    is_answered boolean NOT NULL,
    PRIMARY KEY (call_id, seq)
);

-- A stay in a queue.
CREATE TABLE call_queue_visit (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    queue text NOT NULL,
    entered_at timestamptz NOT NULL,
    left_at timestamptz NULL,
    left_how text NULL,
    first_agent text NULL,
    PRIMARY KEY (call_id, seq)
);

-- A file that the PBX records.
CREATE TABLE call_recording (
    call_id bigint NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    leg_id text COLLATE "C" NOT NULL,
    file_name text NOT NULL,
    started_at timestamptz NOT NULL,
    PRIMARY KEY (call_id, seq)
);

-- Who said that a call belongs to which client, and what stood there before.
CREATE TABLE call_link (
    id bigint NOT NULL PRIMARY KEY,
    call_id bigint NOT NULL REFERENCES call (id),
    from_client_id bigint NULL,
    to_client_id bigint NOT NULL REFERENCES client (id),
    agent_id bigint NOT NULL,
    linked_at timestamptz NOT NULL
);

CREATE INDEX call_link_call ON call_link (call_id, linked_at);

-- What arrived and could not be understood or saved: kept for the admin to see.
CREATE TABLE quarantine (
    id bigint NOT NULL PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    why text NOT NULL,
    raw text NOT NULL,
    arrived_at timestamptz NOT NULL
);

CREATE INDEX quarantine_arrived ON quarantine (arrived_at, id);

CREATE INDEX quarantine_source ON quarantine (source, arrived_at);

-- What arrived over HTTP: answered when its row is committed, worked on from here. A repeated request has the same dedup_key.
CREATE TABLE inbox (
    id bigint NOT NULL PRIMARY KEY,
    source text COLLATE "C" NOT NULL,
    dedup_key text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    body text NOT NULL,
    processed_at timestamptz NULL,
    error text NULL,
    UNIQUE (source, dedup_key)
);

CREATE INDEX inbox_waiting ON inbox (source, id) WHERE processed_at IS NULL;
