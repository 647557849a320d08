-- What a request of Twilio's in the inbox mentions: calls, conferences, messages. Requests that mention the same belong together.
CREATE TABLE twilio_tie (
    source nvarchar(64) NOT NULL,
    sid nvarchar(64) NOT NULL,
    dedup_key nvarchar(200) NOT NULL,
    PRIMARY KEY (source, sid, dedup_key)
);
GO

CREATE INDEX twilio_tie_request ON twilio_tie (source, dedup_key);
GO

-- A text message between a client and us: SMS or messenger. line is our number. media_json: what hung on it, as JSON. status is the
-- furthest that was told of it.
CREATE TABLE message (
    id bigint NOT NULL PRIMARY KEY,
    source nvarchar(200) NOT NULL,
    external_id nvarchar(200) NOT NULL,
    direction nvarchar(40) NOT NULL,
    channel nvarchar(40) NOT NULL,
    client_id bigint NULL REFERENCES client (id),
    party_number nvarchar(1000) NULL,
    party_e164 nvarchar(40) NULL,
    line nvarchar(200) NULL,
    body nvarchar(max) NULL,
    media_json nvarchar(max) NOT NULL,
    status nvarchar(40) NOT NULL,
    error_code int NULL,
    happened_at datetimeoffset(3) NOT NULL,
    UNIQUE (source, external_id)
);
GO

CREATE INDEX message_client ON message (client_id, happened_at, id);
GO

-- The clients who do not want to be recorded: that wins over whatever a line is set to.
CREATE TABLE recording_refusal (
    client_id bigint NOT NULL PRIMARY KEY REFERENCES client (id)
);
GO
