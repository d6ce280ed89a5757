-- Work that one instance does for all: which one, and the time after which another one may.
create table lease (
  task    varchar(50)  not null primary key,
  node    varchar(255) not null,
  ends_at bigint       not null
);
insert into lease (task, node, ends_at) values ('room retention', '', 0);
insert into lease (task, node, ends_at) values ('audit retention', '', 0);
insert into lease (task, node, ends_at) values ('old notifications', '', 0);
insert into lease (task, node, ends_at) values ('missed notifications', '', 0);
