-- What holds somebody back in a room, a member or not: banned, muted, or no more than a guest; until_at is null for ever.
create table restraint (
  room      varchar(64)  not null references room,
  user_id   varchar(255) not null,
  user_name varchar(200) not null,
  kind      varchar(16)  not null,
  until_at  bigint,
  primary key (room, user_id)
);

-- A closed room does not exist any more for anyone; its log stays as long as its retention has it.
alter table room add column closed_at bigint;
