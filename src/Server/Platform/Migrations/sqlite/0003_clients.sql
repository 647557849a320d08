-- A client's card. origin_key makes one card of one first touch, however many nodes and lines hear it at once: 'tel:+7…' for a
-- number, 'call:source/externalId' for a hidden one; NULL for a card that owns none. active_at is the last contact, or else the
-- creation: the order of the list. merged_into: all that this card had is on that one now.
CREATE TABLE client (
    id integer NOT NULL PRIMARY KEY,
    status text NOT NULL,
    name text NOT NULL,
    company text NULL,
    email text NULL,
    main_number text NULL,
    owner_id integer NULL REFERENCES agent (id),
    origin_key text NULL,
    created_at text NOT NULL,
    last_contact_at text NULL,
    active_at text NOT NULL,
    merged_into integer NULL REFERENCES client (id),
    version integer NOT NULL
);

CREATE UNIQUE INDEX client_origin_key ON client (origin_key);

CREATE INDEX client_active ON client (active_at, id);

-- The numbers of a client, the main one first. extension is '' when there is none. e164_reversed finds a number by its last digits.
CREATE TABLE client_number (
    client_id integer NOT NULL REFERENCES client (id),
    e164 text NOT NULL,
    extension text NOT NULL,
    seq integer NOT NULL,
    e164_reversed text NOT NULL,
    is_shared integer NOT NULL,
    is_former integer NOT NULL,
    PRIMARY KEY (client_id, e164, extension)
) WITHOUT ROWID;

CREATE INDEX client_number_e164 ON client_number (e164, client_id);

CREATE INDEX client_number_reversed ON client_number (e164_reversed, client_id);

-- The words of a client in the form that search compares: folded, transliterated. kind says where the word stands: name, company, email.
CREATE TABLE client_search (
    token text NOT NULL,
    client_id integer NOT NULL REFERENCES client (id),
    kind text NOT NULL,
    PRIMARY KEY (token, client_id)
) WITHOUT ROWID;

CREATE INDEX client_search_client ON client_search (client_id, token);

-- A first touch, and where it came from. call_id is the call that opened it, written in the same transaction.
CREATE TABLE inquiry (
    id integer NOT NULL PRIMARY KEY,
    client_id integer NOT NULL REFERENCES client (id),
    channel text NOT NULL,
    source text NOT NULL,
    did text NULL,
    queue text NULL,
    call_id integer NULL,
    opened_at text NOT NULL
);

CREATE INDEX inquiry_client ON inquiry (client_id, opened_at, id);

CREATE INDEX inquiry_call ON inquiry (call_id);

-- What a person wrote about a client. The author's name stands here as it was: a program may write too, and programs come and go.
-- client_id is NULL while nobody has said whose call it was written in.
CREATE TABLE note (
    id integer NOT NULL PRIMARY KEY,
    client_id integer NULL REFERENCES client (id),
    call_id integer NULL,
    author_id integer NOT NULL,
    author_name text NOT NULL,
    body text NOT NULL,
    written_at text NOT NULL
);

CREATE INDEX note_client ON note (client_id, written_at, id);

CREATE INDEX note_call ON note (call_id);
