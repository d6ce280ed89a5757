-- Files that people uploaded. A file belongs to its owner until a message carries it.
create table file (
  id             varchar(32)  not null primary key,
  room           varchar(64)  not null,
  owner          varchar(255) not null,
  name           varchar(300) not null,
  type           varchar(127) not null,
  size           bigint       not null, -- of all of it, also while it is being uploaded
  received       bigint       not null, -- the bytes that were uploaded so far
  state          varchar(16)  not null,
  sha256         varchar(64),
  width          integer      not null,
  height         integer      not null,
  thumbnail      boolean      not null,
  in_bucket      boolean      not null, -- its bytes are in the bucket, not in file_chunk
  message_offset bigint,                -- the message that carries it
  tries          integer      not null, -- how often it was prepared
  created_at     bigint       not null,
  changed_at     bigint       not null
);
create index file_message on file (room, message_offset);
create index file_owner on file (owner, size);
create index file_state on file (state, changed_at);

-- The bytes. Chunks have any length and follow each other without a gap.
create table file_chunk (
  file     varchar(32)     not null,
  start_at bigint          not null,
  bytes    bytea            not null,
  primary key (file, start_at)
);

create table file_thumbnail (
  file  varchar(32) not null primary key,
  type  varchar(127) not null,
  bytes bytea     not null
);

-- Objects of the bucket that nothing refers to any more.
create table file_garbage (
  file varchar(32) not null primary key
);

insert into lease (task, node, ends_at) values ('files', '', 0);
