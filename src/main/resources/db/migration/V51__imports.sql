-- Imports of the exports of other systems, which administrators start.
create table import_job (
  id          varchar(32)  not null primary key, -- in the order of time
  source      varchar(32)  not null,             -- names the other system, for all of its exports
  format      varchar(16)  not null,
  file        varchar(255) not null,
  people      varchar(255),                      -- the file that maps people
  dry_run     boolean      not null,
  keeps       boolean      not null,             -- keeps messages of people who are not mapped
  started_by  varchar(255) not null,
  started_by_name varchar(255) not null,
  created_at  bigint       not null,
  state       varchar(16)  not null,
  cancelled   boolean      default false not null,
  node        varchar(255),                      -- the instance that worked on it last
  began_at    bigint,
  ended_at    bigint,
  failure     varchar(500),
  posts       bigint       default 0 not null,   -- in the export
  done        bigint       default 0 not null,   -- of these
  added       bigint       default 0 not null,   -- messages that this import added to rooms
  rooms       integer      default 0 not null,   -- that are complete
  problems    varchar(400000)                    -- JSON
);

-- Which room has the messages of which conversation of another system.
create table import_room (
  source       varchar(32) not null,
  conversation varchar(64) not null, -- a hash of its identity there
  room         varchar(64) not null,
  complete     boolean     not null, -- all its messages were added once, and people are in it
  primary key (source, conversation)
);
create index import_room_room on import_room (room);

insert into lease (task, node, ends_at) values ('imports', '', 0);
