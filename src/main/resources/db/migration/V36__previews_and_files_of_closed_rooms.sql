-- Where the log has the previews of a message's links.
create table message_preview (
  room           varchar(64) not null,
  message_offset bigint      not null,
  log_offset     bigint      not null, -- of the event that has them, 0 for none
  removed        boolean     not null, -- its author removed one, so it gets no more
  primary key (room, message_offset)
);

-- Messages whose links wait for their previews.
create table preview_job (
  room           varchar(64)   not null,
  message_offset bigint        not null,
  log_offset     bigint        not null, -- of the event with these links
  created_at     bigint        not null,
  due_at         bigint        not null,
  tries          int default 0 not null,
  primary key (room, message_offset)
);
create index preview_job_due on preview_job (due_at);

create table preview_picture (
  id             varchar(32)  not null primary key,
  room           varchar(64)  not null,
  message_offset bigint       not null,
  type           varchar(127) not null,
  bytes          bytea        not null
);
create index preview_picture_message on preview_picture (room, message_offset);

-- Closed rooms whose files are still to be deleted.
create table file_closed_room (
  room varchar(64) not null primary key
);
insert into file_closed_room (room) select id from room where closed_at is not null;
