-- Messages that people wrote now and post later. A message leaves the table when it was posted, or when its author removes it.
create table scheduled_message (
  person    varchar(255)   not null,
  id        varchar(64)    not null, -- chosen by the client; the key of the message is derived from it
  room      varchar(64)    not null,
  content   varchar(8000)  not null,
  thread    bigint         not null, -- the offset of the message that it answers, 0 for none
  also      boolean        not null,
  mentions  varchar(14000) not null, -- ids of users, a line break between
  everyone  boolean        not null,
  due_at    bigint         not null, -- when the person wants it posted
  next_at   bigint,                  -- when an instance posts it; moved on by a lease and by a retry; null after it was refused
  why_code  varchar(32),             -- why it was refused
  why_text  varchar(500),
  primary key (person, id)
);
create index scheduled_message_next on scheduled_message (next_at);

-- What people want to be reminded of. A reminder leaves the table in the transaction that stores its notification.
create table reminder (
  person  varchar(255)  not null,
  id      varchar(64)   not null,
  room    varchar(64)   not null, -- where it was made
  about   bigint        not null, -- the offset of a message, 0 for none
  content varchar(1200) not null,
  due_at  bigint        not null,
  primary key (person, id)
);
create index reminder_due on reminder (due_at);

-- Notifications that no event of a room caused. The previous version shows them as invitations, because that reason needs no message.
alter table notification add column own varchar(16);
alter table notification add column note varchar(1200);
alter table notification add column about bigint;
