-- Legal holds: what is held, and copies of what left the rooms while it was held.
create table legal_hold (
  id            varchar(32)  not null primary key, -- in the order of time
  name          varchar(200) not null,
  from_at       bigint,                            -- what was written from here on
  until_at      bigint,                            -- and before this
  made_by       varchar(255) not null,
  made_by_name  varchar(200) not null,
  made_at       bigint       not null,
  released_by   varchar(255),
  released_by_name varchar(200),
  released_at   bigint
);
create index legal_hold_released on legal_hold (released_at, id);

-- The people, the rooms and the words of a hold.
create table hold_term (
  hold  varchar(32)  not null,
  kind  varchar(8)   not null,
  place integer      not null,
  term  varchar(255) not null,
  primary key (hold, kind, place)
);

-- Every removal locks this row until it commits, and so does a hold that begins or ends. On PostgreSQL, removals share the lock.
create table hold_gate (
  id      integer not null primary key,
  active  bigint  not null, -- how many holds have not been released
  version bigint  not null  -- changes with each hold that begins or ends
);
insert into hold_gate (id, active, version) values (1, 0, 0);

-- Events as they were before they were removed. An event that changed several times has several versions.
create table held_event (
  room        varchar(64)  not null,
  log_offset  bigint       not null,
  version     integer      not null, -- from 1
  type        varchar(32)  not null,
  actor       varchar(255) not null,
  frame       varchar(100000) not null,
  happened_at bigint       not null,
  reason      varchar(32)  not null, -- of the removal
  removed_by  varchar(255),
  removed_at  bigint       not null,
  primary key (room, log_offset, version)
);
create index held_event_actor on held_event (actor);

-- Which hold keeps which of them.
create table held_by (
  hold       varchar(32) not null,
  room       varchar(64) not null,
  log_offset bigint      not null,
  version    integer     not null,
  primary key (hold, room, log_offset, version)
);
create index held_by_event on held_by (room, log_offset, version);

-- Which hold keeps the bytes of which file.
create table hold_file (
  hold varchar(32) not null,
  file varchar(32) not null,
  primary key (hold, file)
);
create index hold_file_file on hold_file (file);

-- Files whose message or room is gone, with the columns of table file.
create table file_held (
  id             varchar(32)  not null primary key,
  room           varchar(64)  not null,
  owner          varchar(255) not null,
  name           varchar(300) not null,
  type           varchar(127) not null,
  size           bigint       not null,
  received       bigint       not null,
  state          varchar(16)  not null,
  sha256         varchar(64),
  width          integer      not null,
  height         integer      not null,
  thumbnail      boolean      not null,
  in_bucket      boolean      not null,
  message_offset bigint,
  tries          integer      not null,
  created_at     bigint       not null,
  changed_at     bigint       not null
);

insert into lease (task, node, ends_at) values ('released holds', '', 0);
