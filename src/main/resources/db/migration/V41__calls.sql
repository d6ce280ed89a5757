-- The call that is on in a room: only its start and its end are in the log.
alter table room add column call_id varchar(64);

create table room_call (
  id           varchar(64)  not null primary key,
  room         varchar(64)  not null unique,
  starter      varchar(255) not null,
  starter_name varchar(200) not null,
  started_at   bigint       not null,
  version      bigint       not null, -- grows with each change of the people
  ended_at     bigint,                -- when the last person left; the end is then about to be logged
  ender        varchar(255),          -- who left last
  ender_name   varchar(200)
);

-- Who is in a call now. One person may be in it from several devices.
create table call_participant (
  id          varchar(64)  not null primary key,
  call_id     varchar(64)  not null,
  person      varchar(255) not null,
  person_name varchar(200) not null,
  node        varchar(255) not null, -- the instance of its connection
  session     varchar(64)  not null, -- the connection
  joined_at   bigint       not null,
  lost_at     bigint                 -- when the connection was lost; null while it is open
);
create index call_participant_call on call_participant (call_id);
create index call_participant_node on call_participant (node, lost_at);

-- Who took part in a call.
create table call_person (
  call_id     varchar(64)  not null,
  person      varchar(255) not null,
  person_name varchar(200) not null,
  joined_at   bigint       not null,
  primary key (call_id, person)
);

insert into lease (task, node, ends_at) values ('calls', '', 0);
