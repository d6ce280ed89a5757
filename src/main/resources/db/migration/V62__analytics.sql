-- Days as numbers since 1970-01-01, in UTC. People as hashes of their ids, and only until their day is counted.

-- The last day that was counted, in the only row; -1 before the first.
create table analytics_head (
  id           int    not null primary key,
  finished_day bigint not null
);
insert into analytics_head (id, finished_day) values (1, -1);

-- How far the log of each room was read.
create table analytics_position (
  room        varchar(64) not null primary key,
  log_offset  bigint      not null,
  counted_day bigint      not null, -- the last day that has the room among its active ones; -1 for none
  author      bigint      not null, -- of the last message that the room shows
  posted_at   bigint      not null  -- when that was; 0 for none
);

-- A day. Without people it is not counted yet.
create table analytics_day (
  day_number     bigint  not null primary key,
  people         integer,
  messages       bigint  not null,
  rooms          integer not null,
  answers        bigint  not null,
  median_seconds bigint
);

-- Who was active on a day that is not counted yet.
create table analytics_person (
  day_number bigint  not null,
  person     bigint  not null,
  answered   boolean not null,
  primary key (day_number, person)
);

-- How many answers of a day that is not counted yet took how long.
create table analytics_answer (
  day_number bigint  not null,
  bucket     integer not null,
  answers    bigint  not null,
  primary key (day_number, bucket)
);

insert into lease (task, node, ends_at) values ('analytics', '', 0);
