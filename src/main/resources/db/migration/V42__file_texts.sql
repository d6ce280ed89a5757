-- The text of files that messages carry. A row with a time when it is due is a job: its text is still to be extracted. The database deletes
-- a text with its file, because the previous version does not know this table.
create table file_text (
  file          varchar(32) not null primary key references file (id) on delete cascade,
  due_at        bigint,
  tries         integer     not null,
  text_position bigint,          -- in the order in which texts were stored; null for a file without text
  content       varchar(100000)
);
create index file_text_due on file_text (due_at);
create index file_text_position on file_text (text_position);

-- The position of the text that was stored last. Storing a text locks this row, so positions become visible in order.
create table file_text_head (
  text_position bigint not null
);
insert into file_text_head (text_position) values (0);

insert into lease (task, node, ends_at) values ('file texts', '', 0);
