-- How a PBX is asked for a call: the phone in its own words, where in the dialplan the number is dialled, and how the number is written there.
ALTER TABLE pbx_link ADD dial_channel nvarchar(200) NOT NULL DEFAULT 'PJSIP/{extension}';
GO
ALTER TABLE pbx_link ADD dial_context nvarchar(200) NOT NULL DEFAULT 'click-to-call';
GO
ALTER TABLE pbx_link ADD dial_number nvarchar(200) NOT NULL DEFAULT '+{number}';
GO

-- The client does not want to be called.
ALTER TABLE client ADD do_not_call bit NOT NULL DEFAULT 0;
GO

-- A call that an agent asked for: the own phone rings first, then the number. state: asked, taken (a node gives the order to the source),
-- begun (the call is call_id), failed (problem says why; no call came into being), closed (the agent has seen it). external_id is the
-- call's name at the source; most sources take the one that we give beforehand.
CREATE TABLE dial (
    id bigint NOT NULL PRIMARY KEY,
    agent_id bigint NOT NULL REFERENCES agent (id),
    source nvarchar(200) NOT NULL,
    extension nvarchar(200) NOT NULL,
    number nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    client_id bigint NULL REFERENCES client (id),
    external_id nvarchar(200) NOT NULL,
    state nvarchar(200) NOT NULL,
    problem nvarchar(200) NULL,
    call_id bigint NULL REFERENCES call (id),
    asked_at datetimeoffset(3) NOT NULL,
    UNIQUE (source, external_id)
);
GO

CREATE INDEX dial_agent ON dial (agent_id, state);
GO

CREATE INDEX dial_state ON dial (state, asked_at);
GO

-- What somebody said about a moment of a recording.
CREATE TABLE recording_comment (
    id bigint NOT NULL PRIMARY KEY,
    recording_id bigint NOT NULL REFERENCES recording (id),
    at_seconds float NOT NULL,
    agent_id bigint NOT NULL REFERENCES agent (id),
    comment_text nvarchar(max) NOT NULL,
    written_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX recording_comment_at ON recording_comment (recording_id, at_seconds, id);
