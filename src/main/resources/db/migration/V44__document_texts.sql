-- The text of documents for search, as a person who may edit the document gave it. The server can't read the updates.
create table document_text (
  document      varchar(64)     not null primary key,
  version       bigint          not null, -- of the document that has this text
  author        varchar(255)    not null, -- who gave it
  text_position bigint          not null, -- in the order in which texts were stored
  content       varchar(100000) not null
);
create index document_text_position on document_text (text_position);

-- The position of the text that was stored last. Storing a text locks this row, so positions become visible in order.
create table document_text_head (
  text_position bigint not null
);
insert into document_text_head (text_position) values (0);
