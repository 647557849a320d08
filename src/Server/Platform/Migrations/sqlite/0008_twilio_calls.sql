-- What a request of Twilio's in the inbox mentions: calls, conferences, messages. Requests that mention the same belong together.
CREATE TABLE twilio_tie (
    source text NOT NULL,
    sid text NOT NULL,
    dedup_key text NOT NULL,
    PRIMARY KEY (source, sid, dedup_key)
) WITHOUT ROWID;

CREATE INDEX twilio_tie_request ON twilio_tie (source, dedup_key);

-- A text message between a client and us: SMS or messenger. line is our number. media_json: what hung on it, as JSON. status is the
-- furthest that was told of it.
CREATE TABLE message (
    id integer NOT NULL PRIMARY KEY,
    source text NOT NULL,
    external_id text NOT NULL,
    direction text NOT NULL,
    channel text NOT NULL,
    client_id integer NULL REFERENCES client (id),
    party_number text NULL,
    party_e164 text NULL,
    line text NULL,
    body text NULL,
    media_json text NOT NULL,
    status text NOT NULL,
    error_code integer NULL,
    happened_at text NOT NULL,
    UNIQUE (source, external_id)
);

CREATE INDEX message_client ON message (client_id, happened_at, id);

-- The clients who do not want to be recorded: that wins over whatever a line is set to.
CREATE TABLE recording_refusal (
    client_id integer NOT NULL PRIMARY KEY REFERENCES client (id)
);
