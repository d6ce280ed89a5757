-- Exports of rooms for administrators, and of a person's own data.
create table export_job (
  id          varchar(32)  not null primary key, -- in the order of time
  own         boolean      not null,             -- a person's own data, for this person only
  request     varchar(100000) not null,          -- JSON
  started_by  varchar(255) not null,
  started_by_name varchar(255) not null,
  created_at  bigint       not null,
  state       varchar(16)  not null,
  cancelled   boolean      default false not null,
  node        varchar(255),                      -- the instance that worked on it last
  began_at    bigint,
  ended_at    bigint,
  expires_at  bigint,                            -- its files are removed then
  failure     varchar(500),
  rooms       integer      default 0 not null,
  done        integer      default 0 not null,   -- of these
  events      bigint       default 0 not null,   -- that were written
  files       integer      default 0 not null,   -- the place behind the last complete room
  bytes       bigint       default 0 not null,   -- of the archive
  stored      bigint       default 0 not null,   -- bytes that its parts take here
  digest      varchar(64)                        -- SHA-256 of the manifest
);
create index export_job_own on export_job (own, started_by);
create index export_job_state on export_job (state);

-- The rooms of an export, and where their logs stood when it began: a second run reads to the same places.
create table export_room (
  job      varchar(32) not null,
  place    integer     not null, -- in the order of the ids
  room     varchar(64) not null,
  upto     bigint      not null,
  readable bigint,               -- the last event that the export has; 0 for none, null until that is known
  title    varchar(255),         -- the name of the room as the export has it
  done     boolean     default false not null,
  primary key (job, place)
);

-- The files of an export that are complete, in the order of the archive.
create table export_file (
  job      varchar(32)  not null,
  place    integer      not null,
  path     varchar(200) not null,
  bytes    bigint       not null,
  crc      bigint       not null,
  sha256   varchar(64)  not null,
  chain    varchar(64)  not null,
  start_at bigint       not null, -- in the archive
  primary key (job, place)
);
create index export_file_path on export_file (job, path);
create index export_file_start on export_file (job, start_at);

-- Their bytes, compressed. All parts of a file but the last one have the same length.
create table export_part (
  job     varchar(32) not null,
  file    integer     not null,
  part    integer     not null,
  content bytea       not null,
  primary key (job, file, part)
);

-- Everyone whom an export names, with each name.
create table export_person (
  job        varchar(32)  not null,
  person_key varchar(64)  not null, -- a hash of id and name
  user_id    varchar(255) not null,
  user_name  varchar(255) not null,
  primary key (job, person_key)
);

-- The one row that a request locks before it counts the exports that wait, so that two requests don't start one too many.
create table export_start (
  id integer not null primary key check (id = 1)
);
insert into export_start (id) values (1);

insert into lease (task, node, ends_at) values ('exports', '', 0);
