-- The next id that no node has leased yet. One row.
CREATE TABLE id_block (
    next_id bigint NOT NULL
);
GO
INSERT INTO id_block (next_id) VALUES (1);
GO

-- Who does what only one node may do. Silence of beat means that the holder is gone.
CREATE TABLE lease (
    name nvarchar(200) NOT NULL PRIMARY KEY,
    holder nvarchar(200) NOT NULL,
    beat bigint NOT NULL
);
