-- Times are milliseconds since 1970-01-01T00:00Z: the same number in every database, driver and time zone.

-- The head of each room's log, with the room's properties as of that head.
create table room (
  id       varchar(64)  not null primary key,
  epoch    varchar(64)  not null,
  head     bigint       not null,
  name     varchar(200) not null,
  kind     varchar(16)  not null,
  topic    varchar(500),
  created  bigint       not null
);

create table membership (
  room         varchar(64)  not null references room,
  user_id      varchar(255) not null,
  user_name    varchar(200) not null,
  role         varchar(16)  not null,
  since_offset bigint       not null,
  primary key (room, user_id)
);
create index membership_user on membership (user_id, room);

-- The log. Everything else here but tickets can be made anew from it.
create table room_event (
  room        varchar(64)  not null references room,
  log_offset  bigint       not null,
  type        varchar(32)  not null,
  actor       varchar(255) not null,
  frame       varchar(100000) not null,
  happened_at bigint not null,
  primary key (room, log_offset)
);

create table message (
  room          varchar(64)   not null references room,
  log_offset    bigint        not null,
  author        varchar(255)  not null,
  author_name   varchar(200)  not null,
  client_key    varchar(128)  not null,
  content       varchar(8000) not null,
  thread_offset bigint        not null,
  mentions      varchar(20000),
  posted_at     bigint not null,
  primary key (room, log_offset),
  constraint message_key unique (room, author, client_key)
);
create index message_thread on message (room, thread_offset, log_offset);

create table ticket (
  secret_hash   varchar(64)  not null primary key,
  user_id       varchar(255) not null,
  user_name     varchar(200) not null,
  user_groups   varchar(20000) not null,
  token_expires bigint not null,
  expires       bigint not null
);
create index ticket_expires on ticket (expires);
