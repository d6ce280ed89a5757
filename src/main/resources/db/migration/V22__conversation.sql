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
insert into thread (room, root_offset, replies, last_at, first_people)
  select m.room, m.thread_offset, count(*), max(m.posted_at), ''
  from message m where m.thread_offset > 0 group by m.room, m.thread_offset;

-- Which kinds of events an instance can read: a number, and the version that it belongs to. An older version writes neither.
alter table instance add column event_kinds integer default 1 not null;
alter table instance add column event_kinds_of varchar(64);
