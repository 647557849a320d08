-- One attempt of one caller to speak with somebody. The newest version of it; revision counts them. queue, wait_seconds and
-- talk_seconds are derived from the facts below when a version is saved. merged_*: it turned out to be a part of that call.
CREATE TABLE call (
    id integer NOT NULL PRIMARY KEY,
    source text NOT NULL,
    external_id text NOT NULL,
    revision integer NOT NULL,
    direction text NOT NULL,
    started_at text NOT NULL,
    answered_at text NULL,
    ended_at text NULL,
    client_id integer NULL REFERENCES client (id),
    party_number text NULL,
    party_name text NULL,
    party_e164 text NULL,
    party_hidden integer NULL,
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
    merged_source text NULL,
    merged_external_id text NULL,
    ring_seconds real NOT NULL,
    queue text NULL,
    wait_seconds real NULL,
    talk_seconds real NOT NULL,
    UNIQUE (source, external_id)
);

CREATE INDEX call_started ON call (started_at, id);

CREATE INDEX call_client ON call (client_id, started_at, id);

CREATE INDEX call_did ON call (did, started_at, id);

-- The calls that go on, each as one text from which its owner takes up the work after a restart. A row goes when its call is over.
CREATE TABLE live_call (
    call_id integer NOT NULL PRIMARY KEY REFERENCES call (id),
    source text NOT NULL,
    body text NOT NULL
);

CREATE INDEX live_call_source ON live_call (source);

-- The extensions that had to do with a call: rang, talked or placed it. Who may see the call, and the call list of one agent.
CREATE TABLE call_party (
    source text NOT NULL,
    extension text NOT NULL,
    call_id integer NOT NULL REFERENCES call (id),
    started_at text NOT NULL,
    PRIMARY KEY (call_id, source, extension)
) WITHOUT ROWID;

CREATE INDEX call_party_started ON call_party (source, extension, started_at, call_id);

-- A channel of the PBX, or a child call at a provider.
CREATE TABLE call_leg (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    leg_id text NOT NULL,
    kind text NOT NULL,
    endpoint text NOT NULL,
    started_at text NOT NULL,
    ringing_at text NULL,
    up_at text NULL,
    ended_at text NULL,
    cause integer NULL,
    tech_cause text NULL,
    origin text NOT NULL,
    dialled_by text NULL,
    number text NULL,
    result text NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- An offer of the call to a phone.
CREATE TABLE call_offer (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    extension text NOT NULL,
    leg_id text NOT NULL,
    queue text NULL,
    offered_at text NOT NULL,
    ring_started_at text NULL,
    ended_at text NULL,
    result text NULL,
    transferred_by text NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- A human and the client heard each other.
CREATE TABLE call_talk (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    extension text NULL,
    external_number text NULL,
    kind text NOT NULL,
    started_at text NOT NULL,
    ended_at text NULL,
    leg_id text NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- One side put the other on hold.
CREATE TABLE call_hold (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    held_by text NOT NULL,
    started_at text NOT NULL,
    ended_at text NULL,
    leg_id text NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- The call was handed over.
CREATE TABLE call_transfer (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    kind text NOT NULL,
    given_by text NOT NULL,
    given_to text NOT NULL,
    happened_at text NOT NULL,
    is_answered integer NOT NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- A stay in a queue.
CREATE TABLE call_queue_visit (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    queue text NOT NULL,
    entered_at text NOT NULL,
    left_at text NULL,
    left_how text NULL,
    first_agent text NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- A file that the PBX records.
CREATE TABLE call_recording (
    call_id integer NOT NULL REFERENCES call (id),
    seq integer NOT NULL,
    leg_id text NOT NULL,
    file_name text NOT NULL,
    started_at text NOT NULL,
    PRIMARY KEY (call_id, seq)
) WITHOUT ROWID;

-- Who said that a call belongs to which client, and what stood there before.
CREATE TABLE call_link (
    id integer NOT NULL PRIMARY KEY,
    call_id integer NOT NULL REFERENCES call (id),
    from_client_id integer NULL,
    to_client_id integer NOT NULL REFERENCES client (id),
    agent_id integer NOT NULL,
    linked_at text NOT NULL
);

CREATE INDEX call_link_call ON call_link (call_id, linked_at);

-- What arrived and could not be understood or saved: kept for the admin to see.
CREATE TABLE quarantine (
    id integer NOT NULL PRIMARY KEY,
    source text NOT NULL,
    why text NOT NULL,
    raw text NOT NULL,
    arrived_at text NOT NULL
);

CREATE INDEX quarantine_arrived ON quarantine (arrived_at, id);

CREATE INDEX quarantine_source ON quarantine (source, arrived_at);

-- What arrived over HTTP: answered when its row is committed, worked on from here. A repeated request has the same dedup_key.
CREATE TABLE inbox (
    id integer NOT NULL PRIMARY KEY,
    source text NOT NULL,
    dedup_key text NOT NULL,
    received_at text NOT NULL,
    body text NOT NULL,
    processed_at text NULL,
    error text NULL,
    UNIQUE (source, dedup_key)
);

CREATE INDEX inbox_waiting ON inbox (source, id) WHERE processed_at IS NULL;
