-- What differs from the message as it was posted. The log has the events; these rows are made from them.
alter table message add column also boolean default false not null;
alter table message add column everyone boolean default false not null;
alter table message add column edited_at bigint;
alter table message add column deleted boolean default false not null;

-- Where the log has the later texts of a message.
create table message_version (
  room           varchar(64) not null,
  message_offset bigint      not null,
  log_offset     bigint      not null,
  primary key (room, message_offset, log_offset)
);

-- Who reacted to which message with which emoji.
create table reaction (
  room           varchar(64)  not null,
  message_offset bigint       not null,
  emoji          varchar(64)  not null,
  user_id        varchar(255) not null,
  log_offset     bigint       not null,
  primary key (room, message_offset, emoji, user_id)
);
create index reaction_first on reaction (room, message_offset, emoji, log_offset);

-- The same as numbers, so that a page of messages reads at most one row for each emoji.
create table reaction_count (
  room           varchar(64)   not null,
  message_offset bigint        not null,
  emoji          varchar(64)   not null,
  people         integer       not null,
  first_people   varchar(3000) not null, -- the first ten, a line each
  log_offset     bigint        not null, -- of the first reaction: the order of the emoji
  primary key (room, message_offset, emoji)
);

create table pin (
  room           varchar(64) not null,
  message_offset bigint      not null,
  log_offset     bigint      not null,
  primary key (room, message_offset)
);

-- The replies to a message that are not deleted.
create table thread (
  room         varchar(64)   not null,
  root_offset  bigint        not null,
  replies      integer       not null,
  last_at      bigint        not null,
  first_people varchar(3000) not null, -- the first ten, a line each
  primary key (room, root_offset)
);

-- Whose they are.
create table thread_person (
  room        varchar(64)  not null,
  root_offset bigint       not null,
  user_id     varchar(255) not null,
  replies     integer      not null,
  log_offset  bigint       not null, -- of the first reply
  primary key (room, root_offset, user_id)
);

-- Which kinds of events an instance can read, and when it said so. An older version updates only seen_at.
alter table instance add column event_kinds integer default 1 not null;
alter table instance add column event_kinds_at bigint default 0 not null;
