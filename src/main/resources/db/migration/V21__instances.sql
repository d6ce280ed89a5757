-- The instances of this installation. Each writes its row again every second: that is how it knows that the database takes writes.
create table instance (
  node       varchar(255) not null primary key,
  version    varchar(64)  not null,
  started_at bigint       not null,
  seen_at    bigint       not null
);

-- How often the epoch of all rooms was renewed. An instance that starts closed, after a restore, opens when this number changes.
create table epoch_renewal (
  id    integer not null primary key check (id = 1),
  times bigint  not null
);
insert into epoch_renewal (id, times) values (1, 0);
