-- Everyone who signed in, with the name and picture of their latest token, and what they chose themselves.
create table person (
  id              varchar(255)  not null primary key,
  name            varchar(200)  not null,
  picture         varchar(2000),
  token_issued    bigint        not null,  -- of the token that named them
  seen_day        bigint        not null,  -- days since 1970-01-01 UTC
  renamed         bigint        default 0 not null, -- the position of the last change of the name
  status_text     varchar(200),
  status_emoji    varchar(64),
  status_until    bigint,
  availability    varchar(8)    default 'auto' not null,
  receipts        boolean       default true not null,
  quiet_from      varchar(5),
  quiet_to        varchar(5),
  quiet_zone      varchar(64),
  keywords        varchar(4000)            -- a line each
);
create index person_renamed on person (renamed);

-- The words of each name, and the id, in hexadecimal digits of UTF-8: every collation orders digits the same way.
create table person_word (
  user_id varchar(255) not null,
  word    varchar(256) not null,
  primary key (user_id, word)
);
create index person_word_start on person_word (word, user_id);

-- Who doesn't want messages of whom.
create table person_block (
  user_id    varchar(255) not null,
  blocked    varchar(255) not null,
  blocked_at bigint       not null,
  primary key (user_id, blocked)
);

-- People whose access an administrator ended.
create table access_ended (
  user_id  varchar(255) not null primary key,
  ended_at bigint       not null,
  ended_by varchar(255) not null
);

-- The position of the last change that every instance has to know. A change locks this row, so positions become visible in order.
create table person_head (
  id           integer not null primary key,
  log_position bigint  not null
);
insert into person_head (id, log_position) values (1, 0);

-- Everyone who is in a room has signed in before. Their next sign-in adds the words.
insert into person (id, name, token_issued, seen_day) select user_id, max(user_name), 0, 0 from membership group by user_id;
