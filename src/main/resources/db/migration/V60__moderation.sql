-- Bulk removals of the messages of one person, and what their undoing brings back.
create table removal (
  id              varchar(32)  not null primary key, -- in the order of time
  person          varchar(255) not null,
  from_at         bigint       not null,
  to_at           bigint       not null,
  rooms           varchar(10000),                    -- null for all
  reason          varchar(500) not null,
  started_by      varchar(255) not null,
  started_by_name varchar(255) not null,
  created_at      bigint       not null,
  state           varchar(16)  not null,
  node            varchar(255),                      -- the instance that worked on it last
  removed         integer      default 0 not null,   -- messages
  restored        integer      default 0 not null,   -- of these
  looked          integer      default 0 not null,   -- rooms
  incomplete      boolean      default false not null,
  removed_at      bigint,
  undone_by       varchar(255),
  undone_by_name  varchar(255),
  ended_at        bigint
);
create index removal_state on removal (state);

create table removed_message (
  room           varchar(64) not null,
  message_offset bigint      not null,
  removal        varchar(32) not null,
  pinned         boolean     not null,
  primary key (room, message_offset)
);
create index removed_message_removal on removed_message (removal, room, message_offset);

-- The frames of removed messages as the log had them.
create table removed_frame (
  room           varchar(64)     not null,
  message_offset bigint          not null,
  log_offset     bigint          not null,
  frame          varchar(100000) not null,
  primary key (room, message_offset, log_offset)
);

create table removed_reaction (
  room           varchar(64)  not null,
  message_offset bigint       not null,
  log_offset     bigint       not null, -- of the event that added it
  emoji          varchar(100) not null,
  primary key (room, message_offset, log_offset)
);

insert into lease (task, node, ends_at) values ('removals', '', 0);

-- Who may post in a room; null for everyone. Seconds between two messages of one person.
alter table room add column posting varchar(16);
alter table room add column slow_seconds integer default 0 not null;

-- Messages that people reported, with a copy of the text.
create table report (
  id             varchar(32)  not null primary key, -- in the order of time
  room           varchar(64)  not null,
  message_offset bigint       not null,
  author         varchar(255) not null,
  author_name    varchar(255) not null,
  content        varchar(20000) not null,
  reporter       varchar(255) not null,
  reporter_name  varchar(255) not null,
  reason         varchar(16)  not null,
  note           varchar(1000) not null,
  created_at     bigint       not null,
  state          varchar(16)  not null,
  taken_by       varchar(255),
  resolved_by    varchar(255),
  resolved_at    bigint,
  act            varchar(16),
  unique (reporter, room, message_offset)
);
create index report_state on report (state, id);
create index report_room on report (room, state, id);
create index report_reporter on report (reporter, created_at);
