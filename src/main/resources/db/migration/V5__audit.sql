-- Who did what to whom, from where. Rows are added, and go when they are older than parley.audit.days; nothing changes one.
create table audit_entry (
  id      varchar(32)  not null primary key, -- in the order of time
  happened_at bigint   not null,
  action  varchar(64)  not null,
  actor   varchar(255),                      -- null: nobody known
  subject varchar(255),                      -- the user to whom it was done
  room    varchar(64),
  address varchar(64),
  detail  varchar(250),                      -- never a token, never what anybody wrote
  times   integer      not null
);
create index audit_entry_actor on audit_entry (actor, id);
create index audit_entry_room on audit_entry (room, id);
