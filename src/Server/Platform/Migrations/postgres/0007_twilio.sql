-- Where calls come from: the names of PBX links and Twilio accounts, which stand in call keys. One name, one source.
CREATE TABLE call_source (
    name text NOT NULL PRIMARY KEY
);

INSERT INTO call_source (name) SELECT name FROM pbx_link;

-- A Twilio account. name is the source in the keys of its calls. protected_secondary_token: there while the auth token is rotated. Without
-- an API key, REST uses the auth token. check_json: what the last set-up check found. reconciled_at: REST was last asked for calls whose
-- webhooks were lost; reconcile_problem: why that failed the last time.
CREATE TABLE twilio_account (
    id bigint NOT NULL PRIMARY KEY,
    name text NOT NULL UNIQUE,
    account_sid text NOT NULL UNIQUE,
    protected_auth_token text NOT NULL,
    protected_secondary_token text NULL,
    api_key_sid text NULL,
    protected_api_key_secret text NULL,
    region text NOT NULL,
    deletes_fetched_recordings boolean NOT NULL,
    is_enabled boolean NOT NULL,
    changed bigint NOT NULL,
    check_json text NULL,
    reconciled_at timestamptz NULL,
    reconcile_problem text NULL
);

-- A number of ours at Twilio, and what callers meet there. endpoints (they ring together) and queue_members are JSON arrays of what Twilio
-- dials: client:alice, sip:6001@pbx.example.com, +12025550100. after_ring: voicemail, queue, hang_up. check_json: what the last check
-- of its webhooks at Twilio found.
CREATE TABLE twilio_number (
    id bigint NOT NULL PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES twilio_account (id),
    e164 text NOT NULL UNIQUE,
    line_name text NOT NULL,
    language text NOT NULL,
    greeting_text text NOT NULL,
    consent_text text NOT NULL,
    is_closed boolean NOT NULL,
    closed_text text NOT NULL,
    endpoints text NOT NULL,
    ring_seconds integer NOT NULL,
    after_ring text NOT NULL,
    queue_name text NULL,
    queue_members text NOT NULL,
    takes_voicemail boolean NOT NULL,
    is_recorded boolean NOT NULL,
    changed bigint NOT NULL,
    check_json text NULL
);

CREATE INDEX twilio_number_account ON twilio_number (account_id);

-- A recording that Twilio holds and we want. try_at: when to ask for it next; NULL: there is nothing more to do. fetched_at: it is stored
-- and verified here. deleted_at: Twilio was told to forget it. problem: why the last try failed.
CREATE TABLE twilio_recording (
    account_id bigint NOT NULL REFERENCES twilio_account (id),
    recording_sid text NOT NULL,
    call_sid text NOT NULL,
    heard_at timestamptz NOT NULL,
    tries integer NOT NULL,
    try_at timestamptz NULL,
    fetched_at timestamptz NULL,
    deleted_at timestamptz NULL,
    problem text NULL,
    PRIMARY KEY (account_id, recording_sid)
);

CREATE INDEX twilio_recording_due ON twilio_recording (try_at) WHERE try_at IS NOT NULL;
