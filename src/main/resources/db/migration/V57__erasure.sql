-- Erasures of people. What names the person is empty when the erasure is complete.
create table erasure (
  id              varchar(32)  not null primary key, -- in the order of time
  mode            varchar(16)  not null,
  person          varchar(255),
  names           varchar(20000),                    -- every name that the person had, a line each
  words           varchar(4000),                     -- further words that are replaced, a line each
  salt            varchar(64),                       -- of the hash in the report
  pseudonym       varchar(64)  not null,
  all_documents   boolean      not null,             -- deletes documents that others wrote in too
  keeps_exports   boolean      not null,
  reason          varchar(500) not null,
  started_by      varchar(255) not null,
  started_by_name varchar(255) not null,
  created_at      bigint       not null,
  state           varchar(16)  not null,
  step            varchar(16)  not null,
  room            varchar(64)  not null,             -- the last room that this step is done with
  node            varchar(255),                      -- the instance that worked on it last
  began_at        bigint,
  ended_at        bigint,
  report          varchar(400000),
  signature       varchar(200)
);
create index erasure_state on erasure (state);

-- The rooms in which the person was found.
create table erasure_room (
  erasure varchar(32) not null,
  room    varchar(64) not null,
  told    boolean     not null, -- its log says that earlier events changed
  primary key (erasure, room)
);

-- How many of what were removed or changed.
create table erasure_count (
  erasure varchar(32)  not null,
  act     varchar(16)  not null,
  kind    varchar(100) not null,
  amount  bigint       not null,
  primary key (erasure, act, kind)
);

-- The key pair with which this installation signs reports. One row, made by the first instance that needs it.
create table erasure_key (
  id          integer      not null primary key check (id = 1),
  private_key varchar(500) not null, -- Ed25519, PKCS #8, in base64
  public_key  varchar(500) not null  -- X.509, in base64
);

-- The key of the hashes in table access_ended by which erased people are recognized. One row, made by the first instance that needs it.
create table erased_person_key (
  id     integer     not null primary key check (id = 1),
  secret varchar(64) not null -- 32 random bytes in hexadecimal
);

insert into lease (task, node, ends_at) values ('erasures', '', 0);
