-- Where calls come from: the names of PBX links and Twilio accounts, which stand in call keys. One name, one source.
CREATE TABLE call_source (
    name nvarchar(200) NOT NULL PRIMARY KEY
);
GO

INSERT INTO call_source (name) SELECT name FROM pbx_link;
GO

-- A Twilio account. name is the source in the keys of its calls. protected_secondary_token: there while the auth token is rotated. Without
-- an API key, REST uses the auth token. check_json: what the last set-up check found. reconciled_at: REST was last asked for calls whose
-- webhooks were lost; reconcile_problem: why that failed the last time.
CREATE TABLE twilio_account (
    id bigint NOT NULL PRIMARY KEY,
    name nvarchar(200) NOT NULL UNIQUE,
    account_sid nvarchar(200) NOT NULL UNIQUE,
    protected_auth_token nvarchar(max) NOT NULL,
    protected_secondary_token nvarchar(max) NULL,
    api_key_sid nvarchar(200) NULL,
    protected_api_key_secret nvarchar(max) NULL,
    region nvarchar(200) NOT NULL,
    deletes_fetched_recordings bit NOT NULL,
    is_enabled bit NOT NULL,
    changed bigint NOT NULL,
    check_json nvarchar(max) NULL,
    reconciled_at datetimeoffset(3) NULL,
    reconcile_problem nvarchar(max) NULL
);
GO

-- A number of ours at Twilio, and what callers meet there. endpoints (they ring together) and queue_members are JSON arrays of what Twilio
-- dials: client:alice, sip:6001@pbx.example.com, +12025550100. after_ring: voicemail, queue, hang_up. check_json: what the last check
-- of its webhooks at Twilio found.
CREATE TABLE twilio_number (
    id bigint NOT NULL PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES twilio_account (id),
    e164 nvarchar(200) NOT NULL UNIQUE,
    line_name nvarchar(200) NOT NULL,
    language nvarchar(200) NOT NULL,
    greeting_text nvarchar(max) NOT NULL,
    consent_text nvarchar(max) NOT NULL,
    is_closed bit NOT NULL,
    closed_text nvarchar(max) NOT NULL,
    endpoints nvarchar(max) NOT NULL,
    ring_seconds int NOT NULL,
    after_ring nvarchar(200) NOT NULL,
    queue_name nvarchar(200) NULL,
    queue_members nvarchar(max) NOT NULL,
    takes_voicemail bit NOT NULL,
    is_recorded bit NOT NULL,
    changed bigint NOT NULL,
    check_json nvarchar(max) NULL
);
GO

CREATE INDEX twilio_number_account ON twilio_number (account_id);
GO

-- A recording that Twilio holds and we want. try_at: when to ask for it next; NULL: there is nothing more to do. fetched_at: it is stored
-- and verified here. deleted_at: Twilio was told to forget it. problem: why the last try failed.
CREATE TABLE twilio_recording (
    account_id bigint NOT NULL REFERENCES twilio_account (id),
    recording_sid nvarchar(200) NOT NULL,
    call_sid nvarchar(200) NOT NULL,
    heard_at datetimeoffset(3) NOT NULL,
    tries int NOT NULL,
    try_at datetimeoffset(3) NULL,
    fetched_at datetimeoffset(3) NULL,
    deleted_at datetimeoffset(3) NULL,
    problem nvarchar(max) NULL,
    PRIMARY KEY (account_id, recording_sid)
);
GO

CREATE INDEX twilio_recording_due ON twilio_recording (try_at) WHERE try_at IS NOT NULL;
