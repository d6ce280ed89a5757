-- Addresses at which other programs post to a room, each as a service of its own.
create table incoming_hook (
  id         varchar(32)  not null primary key,
  room       varchar(64)  not null,
  name       varchar(200) not null,
  token_hash varchar(64)  not null unique,
  secret     varchar(100), -- if requests have to be signed
  created_by varchar(255) not null,
  created_at bigint       not null
);
create index incoming_hook_room on incoming_hook (room);

insert into lease (task, node, ends_at) values ('inbound queue', '', 0);
