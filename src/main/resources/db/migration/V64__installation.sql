-- What administrators change at run time.

-- Features that they switched off.
create table feature_off (
  feature     varchar(32)  not null primary key,
  switched_by varchar(255) not null,
  switched_at bigint       not null
);

-- Rooms that people join at their first sign-in.
create table default_room (
  room     varchar(64)  not null primary key,
  added_by varchar(255) not null,
  added_at bigint       not null
);

-- People who signed in for the first time and have to join a default room.
create table default_room_due (
  room   varchar(64)  not null,
  person varchar(255) not null,
  primary key (room, person)
);

-- How often each of them changed: an instance reads what changed since it looked last.
create table installation_head (
  topic        varchar(16) not null primary key,
  log_position bigint      not null
);
insert into installation_head (topic, log_position) values ('features', 0), ('rooms', 0);
