-- Bots: programs with a user id and tokens of their own. A deleted one keeps its row, so that nobody else gets its id.
create table bot (
  id          varchar(64)   not null primary key,
  name        varchar(200)  not null,
  picture     varchar(2000),
  description varchar(1000) not null,
  created_at  bigint        not null,
  created_by  varchar(255)  not null,
  deleted_at  bigint,
  watched_at  bigint        default 0 not null -- when an instance last saw a connection of the bot that watches; 0 for never
);

-- Tokens of bots: only hashes of them.
create table bot_token (
  id          varchar(64)  not null primary key,
  bot         varchar(64)  not null references bot (id),
  secret_hash varchar(64)  not null unique,
  name        varchar(200) not null,
  scopes      varchar(200) not null, -- names with blanks between them
  created_at  bigint       not null,
  created_by  varchar(255) not null,
  expires_at  bigint       not null,
  used_at     bigint       default 0 not null, -- 0 for never
  uses        bigint       default 0 not null
);
create index bot_token_bot on bot_token (bot);

-- The number of changes of bots and their tokens, in the only row: an instance reads all of them when it changed.
create table bot_head (
  id           int    not null primary key,
  log_position bigint not null
);
insert into bot_head (id, log_position) values (1, 0);

-- The slash commands that bots offer.
create table slash_command (
  name        varchar(32)  not null primary key,
  bot         varchar(64)  not null references bot (id),
  description varchar(400) not null,
  hint        varchar(400) not null,
  rooms       varchar(8000) not null -- ids with blanks around them; empty for all rooms of the bot
);
create index slash_command_bot on slash_command (bot);

-- What people asked bots, until the bot may no longer answer.
create table slash_call (
  id         varchar(64)  not null primary key,
  bot        varchar(64)  not null,
  room       varchar(64)  not null,
  person     varchar(255) not null,
  answers    int          not null,
  form       varchar(20000), -- the form of the last private answer; null without one
  expires_at bigint       not null
);
create index slash_call_person on slash_call (person);
create index slash_call_expires on slash_call (expires_at);
