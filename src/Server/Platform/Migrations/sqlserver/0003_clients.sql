-- A client's card. origin_key makes one card of one first touch, however many nodes and lines hear it at once: 'tel:+7…' for a
-- number, 'call:source/externalId' for a hidden one; NULL for a card that owns none. active_at is the last contact, or else the
-- creation: the order of the list. merged_into: all that this card had is on that one now.
CREATE TABLE client (
    id bigint NOT NULL PRIMARY KEY,
    status nvarchar(40) NOT NULL,
    name nvarchar(200) NOT NULL,
    company nvarchar(200) NULL,
    email nvarchar(254) NULL,
    main_number nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
    owner_id bigint NULL REFERENCES agent (id),
    origin_key nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
    created_at datetimeoffset(3) NOT NULL,
    last_contact_at datetimeoffset(3) NULL,
    active_at datetimeoffset(3) NOT NULL,
    merged_into bigint NULL REFERENCES client (id),
    version int NOT NULL
);
GO

CREATE UNIQUE INDEX client_origin_key ON client (origin_key) WHERE origin_key IS NOT NULL;
GO

CREATE INDEX client_active ON client (active_at, id);
GO

-- The numbers of a client, the main one first. extension is '' when there is none. e164_reversed finds a number by its last digits.
CREATE TABLE client_number (
    client_id bigint NOT NULL REFERENCES client (id),
    e164 nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    extension nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    seq int NOT NULL,
    e164_reversed nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    is_shared bit NOT NULL,
    is_former bit NOT NULL,
    PRIMARY KEY (client_id, e164, extension)
);
GO

CREATE INDEX client_number_e164 ON client_number (e164, client_id);
GO

CREATE INDEX client_number_reversed ON client_number (e164_reversed, client_id);
GO

-- The words of a client in the form that search compares: folded, transliterated. kind says where the word stands: name, company, email.
CREATE TABLE client_search (
    token nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    client_id bigint NOT NULL REFERENCES client (id),
    kind nvarchar(40) NOT NULL,
    PRIMARY KEY (token, client_id)
);
GO

CREATE INDEX client_search_client ON client_search (client_id, token);
GO

-- A first touch, and where it came from. call_id is the call that opened it, written in the same transaction.
CREATE TABLE inquiry (
    id bigint NOT NULL PRIMARY KEY,
    client_id bigint NOT NULL REFERENCES client (id),
    channel nvarchar(40) NOT NULL,
    source nvarchar(200) NOT NULL,
    did nvarchar(200) NULL,
    queue nvarchar(200) NULL,
    call_id bigint NULL,
    opened_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX inquiry_client ON inquiry (client_id, opened_at, id);
GO

CREATE INDEX inquiry_call ON inquiry (call_id);
GO

-- What a person wrote about a client. The author's name stands here as it was: a program may write too, and programs come and go.
-- client_id is NULL while nobody has said whose call it was written in.
CREATE TABLE note (
    id bigint NOT NULL PRIMARY KEY,
    client_id bigint NULL REFERENCES client (id),
    call_id bigint NULL,
    author_id bigint NOT NULL,
    author_name nvarchar(200) NOT NULL,
    body nvarchar(max) NOT NULL,
    written_at datetimeoffset(3) NOT NULL
);
GO

CREATE INDEX note_client ON note (client_id, written_at, id);
GO

CREATE INDEX note_call ON note (call_id);
