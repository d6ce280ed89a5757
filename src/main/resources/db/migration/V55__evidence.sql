-- Evidence that the logs were not changed: parley.evidence writes it, parley.verify checks it. Chains are SHA-256 in hexadecimal.

-- How far the log of each room is sealed, and the last link of its chain. Removals lock the row, and so does sealing.
create table evidence_room (
  room        varchar(64) not null primary key,
  link_number bigint      not null, -- 0 before the first
  sealed      bigint      not null, -- the last offset that is in a link
  chain       varchar(64) not null
);

-- The links: segments of sealed events, and what was changed in them since.
create table evidence_link (
  room         varchar(64) not null,
  link_number  bigint      not null,
  kind         varchar(20) not null, -- sealed, or why the events were changed
  first_offset bigint      not null,
  last_offset  bigint      not null,
  cause_offset bigint      not null, -- the event that caused the change; 0 for none
  linked_at    bigint      not null,
  offsets      bytea       not null, -- of the changed events, 8 bytes each; empty for a segment, which has all from first to last
  leaves       bytea       not null, -- 32 bytes for each event; zeros: there is no row
  openings     bytea       not null, -- of a segment, 24 bytes for each event as it is now; zeros: there is no row
  chain        varchar(64) not null,
  primary key (room, link_number)
);
create index evidence_link_offset on evidence_link (room, kind, last_offset);

-- The one row that orders roots and changes of the key.
create table evidence_gate (
  id integer not null primary key check (id = 1)
);
insert into evidence_gate (id) values (1);

-- The keys that sign roots, in Base64. The last one is in use. Each but the first is endorsed by the one before it.
create table evidence_key (
  key_number  integer      not null primary key,
  id          varchar(16)  not null,
  public_key  varchar(200) not null,
  private_key varchar(200),          -- null once it is out of use
  made_at     bigint       not null,
  endorsement varchar(100)
);

create table evidence_root (
  root_number  bigint       not null primary key,
  line         varchar(500) not null,
  signature    varchar(100) not null,
  published_at bigint       not null,
  sent         boolean      not null -- to the JMS broker
);
create index evidence_root_sent on evidence_root (sent, root_number);

-- The last link of each room whose chain is longer than at the root before.
create table evidence_head (
  root_number bigint      not null,
  room        varchar(64) not null,
  link_number bigint      not null,
  chain       varchar(64) not null,
  primary key (root_number, room)
);
create index evidence_head_room on evidence_head (room, link_number);

insert into lease (task, node, ends_at) values ('evidence', '', 0);
