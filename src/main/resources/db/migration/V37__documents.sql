-- Documents of rooms. What people write in one is a log of its own, of updates whose meaning the server does not know.
create table document (
  id         varchar(64)  not null primary key,
  room       varchar(64)  not null,
  title      varchar(200) not null,
  creator    varchar(255) not null,
  version    bigint       not null, -- of the last update; updates are numbered from 1 without a gap
  base       bigint       not null, -- updates up to this version are only in the snapshot of this version
  bytes      bigint       not null, -- of the stored updates
  created_at bigint       not null,
  changed_at bigint       not null
);
create index document_room on document (room, changed_at);

create table document_update (
  document    varchar(64)  not null,
  version     bigint       not null,
  author      varchar(255) not null,
  request_key varchar(128) not null,
  content     bytea        not null,
  primary key (document, version),
  unique (document, author, request_key)
);

-- What a client made of all updates up to a version.
create table document_snapshot (
  document   varchar(64)  not null,
  version    bigint       not null,
  author     varchar(255) not null,
  content    bytea        not null,
  created_at bigint       not null,
  primary key (document, version)
);

-- The events of the room's log that hold a title, so that they are found when the document is deleted.
create table document_title (
  document   varchar(64) not null,
  log_offset bigint      not null,
  primary key (document, log_offset)
);

insert into lease (task, node, ends_at) values ('documents', '', 0);
