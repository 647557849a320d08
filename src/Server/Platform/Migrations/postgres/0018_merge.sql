-- One card went into another. body holds what both were before and what the survivor became, JSON that only the merge's store reads: out
-- of it the merge is undone. into_version: the survivor's version that the merge made, so that merges into one card have an order.
CREATE TABLE client_merge (
    id bigint NOT NULL PRIMARY KEY,
    from_id bigint NOT NULL REFERENCES client (id),
    into_id bigint NOT NULL REFERENCES client (id),
    into_version integer NOT NULL,
    merged_at timestamptz NOT NULL,
    merged_by_id bigint NOT NULL,
    undone_at timestamptz NULL,
    undone_by_id bigint NULL,
    body text NOT NULL
);

CREATE INDEX client_merge_into ON client_merge (into_id, into_version);

CREATE INDEX client_merge_from ON client_merge (from_id, id);

-- What moved with a merge: the rows of a kind (call, note, ...) by their ids, so that exactly these go back.
CREATE TABLE client_merge_row (
    merge_id bigint NOT NULL REFERENCES client_merge (id),
    kind text NOT NULL,
    row_id bigint NOT NULL,
    PRIMARY KEY (merge_id, kind, row_id)
);

-- Two cards look like one person and are not: somebody said so, and they are not proposed again. A pair stands here both ways round.
CREATE TABLE client_distinction (
    client_id bigint NOT NULL REFERENCES client (id),
    other_id bigint NOT NULL REFERENCES client (id),
    said_by_id bigint NOT NULL,
    said_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, other_id)
);

CREATE INDEX client_merged ON client (merged_into) WHERE merged_into IS NOT NULL;

-- A note is corrected by a new version; what it said before stays in note_version. edited_*: who wrote the newest one, NULL for the first.
ALTER TABLE note ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE note ADD COLUMN edited_at timestamptz NULL;
ALTER TABLE note ADD COLUMN edited_by_name text NULL;

CREATE TABLE note_version (
    note_id bigint NOT NULL REFERENCES note (id),
    version integer NOT NULL,
    author_name text NOT NULL,
    body text NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (note_id, version)
);
