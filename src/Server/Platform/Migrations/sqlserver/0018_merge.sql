-- One card went into another. body holds what both were before and what the survivor became, JSON that only the merge's store reads: out
-- of it the merge is undone. into_version: the survivor's version that the merge made, so that merges into one card have an order.
CREATE TABLE client_merge (
    id bigint NOT NULL PRIMARY KEY,
    from_id bigint NOT NULL REFERENCES client (id),
    into_id bigint NOT NULL REFERENCES client (id),
    into_version int NOT NULL,
    merged_at datetimeoffset(3) NOT NULL,
    merged_by_id bigint NOT NULL,
    undone_at datetimeoffset(3) NULL,
    undone_by_id bigint NULL,
    body nvarchar(max) NOT NULL
);
GO

CREATE INDEX client_merge_into ON client_merge (into_id, into_version);
GO

CREATE INDEX client_merge_from ON client_merge (from_id, id);
GO

-- What moved with a merge: the rows of a kind (call, note, ...) by their ids, so that exactly these go back.
CREATE TABLE client_merge_row (
    merge_id bigint NOT NULL REFERENCES client_merge (id),
    kind nvarchar(40) NOT NULL,
    row_id bigint NOT NULL,
    PRIMARY KEY (merge_id, kind, row_id)
);
GO

-- Two cards look like one person and are not: somebody said so, and they are not proposed again. A pair stands here both ways round.
CREATE TABLE client_distinction (
    client_id bigint NOT NULL REFERENCES client (id),
    other_id bigint NOT NULL REFERENCES client (id),
    said_by_id bigint NOT NULL,
    said_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (client_id, other_id)
);
GO

CREATE INDEX client_merged ON client (merged_into) WHERE merged_into IS NOT NULL;
GO

-- A note is corrected by a new version; what it said before stays in note_version. edited_*: who wrote the newest one, NULL for the first.
ALTER TABLE note ADD version int NOT NULL DEFAULT 1;
GO
ALTER TABLE note ADD edited_at datetimeoffset(3) NULL;
GO
ALTER TABLE note ADD edited_by_name nvarchar(200) NULL;
GO

CREATE TABLE note_version (
    note_id bigint NOT NULL REFERENCES note (id),
    version int NOT NULL,
    author_name nvarchar(200) NOT NULL,
    body nvarchar(max) NOT NULL,
    written_at datetimeoffset(3) NOT NULL,
    PRIMARY KEY (note_id, version)
);
GO
