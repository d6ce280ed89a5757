-- Announcements to everyone that are not over. Those that are over are deleted; the audit log has them.
create table announcement (
  id          varchar(36)   not null primary key,
  kind        varchar(16)   not null,
  text        varchar(2000) not null,
  link        varchar(1000),
  dismissible boolean       not null,
  begins_at   bigint        not null,
  ends_at     bigint,                 -- null: until an administrator ends it
  created_by  varchar(255)  not null,
  created_at  bigint        not null
);

-- Who dismissed which announcement.
create table announcement_dismissal (
  announcement varchar(36)  not null references announcement (id) on delete cascade,
  person       varchar(255) not null,
  primary key (announcement, person)
);
create index announcement_dismissal_person on announcement_dismissal (person);

-- The number of changes of announcements, in the only row: an instance reads all of them when it changed.
create table announcement_head (
  id           int    not null primary key,
  log_position bigint not null
);
insert into announcement_head (id, log_position) values (1, 0);
