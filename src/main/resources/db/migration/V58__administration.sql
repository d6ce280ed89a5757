-- How many connections each instance has, by the kind of their wire. Each instance writes its own rows when they change; only those of
-- running instances count.
create table instance_connections (
  node        varchar(255) not null,
  kind        varchar(16)  not null,
  connections integer      not null,
  people      integer      not null,
  primary key (node, kind)
);

-- What the administration page asks for: the audit events that concern somebody or are of a kind, and somebody's mutes and bans.
create index audit_entry_subject on audit_entry (subject, id);
create index audit_entry_action on audit_entry (action, id);
create index restraint_user on restraint (user_id, room);
