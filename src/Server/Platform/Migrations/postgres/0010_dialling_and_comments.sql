-- How a PBX is asked for a call: the phone in its own words, where in the dialplan the number is dialled, and how the number is written there.
ALTER TABLE pbx_link ADD COLUMN dial_channel text NOT NULL DEFAULT 'PJSIP/{extension}';
ALTER TABLE pbx_link ADD COLUMN dial_context text NOT NULL DEFAULT 'click-to-call';
ALTER TABLE pbx_link ADD COLUMN dial_number text NOT NULL DEFAULT '+{number}';

-- The client does not want to be called.
ALTER TABLE client ADD COLUMN do_not_call boolean NOT NULL DEFAULT FALSE;

-- A call that an agent asked for: the own phone rings first, then the number. state: asked, taken (a node gives the order to the source),
-- begun (the call is call_id), failed (problem says why; no call came into being), closed (the agent has seen it). external_id is the
-- call's name at the source; most sources take the one that we give beforehand.
CREATE TABLE dial (
    id bigint NOT NULL PRIMARY KEY,
    agent_id bigint NOT NULL REFERENCES agent (id),
    source text NOT NULL,
    extension text NOT NULL,
    number text COLLATE "C" NOT NULL,
    client_id bigint NULL REFERENCES client (id),
    external_id text NOT NULL,
    state text NOT NULL,
    problem text NULL,
    call_id bigint NULL REFERENCES call (id),
    asked_at timestamptz NOT NULL,
    UNIQUE (source, external_id)
);

CREATE INDEX dial_agent ON dial (agent_id, state);

CREATE INDEX dial_state ON dial (state, asked_at);

-- What somebody said about a moment of a recording.
CREATE TABLE recording_comment (
    id bigint NOT NULL PRIMARY KEY,
    recording_id bigint NOT NULL REFERENCES recording (id),
    at_seconds double precision NOT NULL,
    agent_id bigint NOT NULL REFERENCES agent (id),
    comment_text text NOT NULL,
    written_at timestamptz NOT NULL
);

CREATE INDEX recording_comment_at ON recording_comment (recording_id, at_seconds, id);
