-- How far people have read, and how they see their rooms. These rows belong to one person each; the log knows nothing of them.
create table read_marker (
  user_id    varchar(255) not null,
  room       varchar(64)  not null,
  upto       bigint       not null, -- everything up to this offset was read
  changed_at bigint       not null,
  primary key (user_id, room)
);
create index read_marker_room on read_marker (room);
create index read_marker_changed on read_marker (changed_at);

-- Nothing from before this version is new to anyone.
insert into read_marker (user_id, room, upto, changed_at)
select m.user_id, m.room, r.head, 0 from membership m join room r on r.id = m.room;

create table room_preference (
  user_id   varchar(255) not null,
  room      varchar(64)  not null,
  level     varchar(16),           -- of notifications; absent for the default
  hidden_at bigint,                -- the head when the person hid the room: a later message shows it again
  favourite boolean      not null,
  section   varchar(100),
  place     bigint,
  primary key (user_id, room)
);

create table draft (
  user_id    varchar(255)  not null,
  room       varchar(64)   not null,
  content    varchar(8000) not null,
  changed_at bigint        not null,
  primary key (user_id, room)
);

-- Whom a message mentions. An empty user mentions everyone.
create table mention (
  room           varchar(64)  not null,
  message_offset bigint       not null,
  user_id        varchar(255) not null,
  author         varchar(255) not null,
  primary key (room, message_offset, user_id)
);
create index mention_user on mention (room, user_id, message_offset);

-- A thread belongs to the author of its first message too. A thread from before this version gets the author with its next reply.
alter table thread add column root_author varchar(255);
create index thread_author on thread (room, root_author);
create index thread_person_user on thread_person (room, user_id);
