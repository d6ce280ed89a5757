-- Rules about the texts of messages. The room is '' for a rule of the installation.
create table text_rule (
  id         varchar(32)  not null primary key, -- in the order of time
  room       varchar(64)  not null,
  kind       varchar(8)   not null,             -- word, link
  pattern    varchar(500) not null,
  act        varchar(8)   not null,             -- block, hold, flag, allow
  created_by varchar(255) not null,
  created_at bigint       not null
);
create index text_rule_room on text_rule (room, id);

-- The number of changes of rules, in the only row: an instance reads the rooms whose rules changed since it looked.
create table text_rule_head (
  id           int    not null primary key,
  log_position bigint not null
);
insert into text_rule_head (id, log_position) values (1, 0);

create table text_rule_change (
  room         varchar(64) not null primary key,
  log_position bigint      not null
);

-- Messages that wait for a moderator, and for some days what became of them, without their content.
create table waiting_message (
  id          varchar(32)  not null primary key, -- in the order of time
  room        varchar(64)  not null,
  author      varchar(255) not null,
  author_name varchar(255) not null,
  message_key varchar(64)  not null,
  frame       varchar(100000),                   -- as the event of the message; null once the message no longer waits
  pattern     varchar(500),                      -- of the rule; null once the message no longer waits
  created_at  bigint       not null,
  expires_at  bigint       not null,
  state       varchar(16)  not null,             -- WAITING, APPROVING, APPROVED, REFUSED, EXPIRED
  decided_by  varchar(255),
  decided_at  bigint,
  unique (room, author, message_key)
);
create index waiting_message_author on waiting_message (author, id);
create index waiting_message_state on waiting_message (state, expires_at);

-- The pattern of the rule that reported a message; null for a report of a person.
alter table report add column rule_pattern varchar(500);
