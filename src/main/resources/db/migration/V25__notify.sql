-- Up to which offset the log of each room was searched for people to notify. A room without a row was not searched yet.
create table notified (
  room  varchar(64) not null primary key,
  up_to bigint      not null
);
-- What was written before this version notifies nobody.
insert into notified (room, up_to) select id, head from room;

-- The last id of a notification. The row is locked while notifications are added, so that their ids are in the order of the commits.
create table notification_id (
  id   integer not null primary key check (id = 1),
  last bigint  not null
);
insert into notification_id (id, last) values (1, 0);

create table notification (
  id          bigint       not null primary key,
  person      varchar(255) not null,
  room        varchar(64)  not null,
  log_offset  bigint       not null, -- of the message, or of the event that let the person in
  why         varchar(16)  not null,
  actor       varchar(255) not null,
  actor_name  varchar(200) not null,
  happened_at bigint       not null,
  seen        boolean      default false not null,
  pushed      boolean      default false not null, -- at least one browser was sent it
  constraint notification_once unique (person, room, log_offset)
);
create index notification_person on notification (person, id);
create index notification_room on notification (room, log_offset);
create index notification_time on notification (happened_at);

-- The key pair that identifies this installation to push services (VAPID, RFC 8292). One row, made by the first instance that needs it.
create table push_key (
  id          integer      not null primary key check (id = 1),
  private_key varchar(500) not null, -- PKCS #8, in base64
  public_key  varchar(500) not null  -- X.509, in base64
);

-- The browsers that receive Web Push.
create table push_subscription (
  id         varchar(64)   not null primary key, -- the hash of the endpoint
  person     varchar(255)  not null,
  endpoint   varchar(2000) not null,
  p256dh     varchar(200)  not null,
  auth       varchar(100)  not null,
  created_at bigint        not null
);
create index push_subscription_person on push_subscription (person);

-- What has to be sent to push services. An instance leases a row before it sends: it moves due_at on, and other instances wait until then.
create table push_job (
  id           varchar(64)  not null primary key,
  subscription varchar(64)  not null,
  person       varchar(255) not null,
  notification bigint       not null, -- what to show; 0 for a withdrawal
  withdrawn    varchar(2000),         -- ids of notifications to withdraw, a comma between
  created_at   bigint       not null,
  due_at       bigint       not null, -- moved on by a lease and by a retry
  attempts     integer      default 0 not null
);
create index push_job_due on push_job (due_at);
create index push_job_subscription on push_job (subscription);
create index push_job_notification on push_job (notification);

-- Who is connected to which instance. Only the rows of running instances count.
create table connected (
  person  varchar(255) not null,
  node    varchar(255) not null,
  left_at bigint,               -- null while a connection is open
  primary key (person, node)
);
create index connected_node on connected (node, left_at);

-- Verified mail addresses, as the tokens had them.
create table mail_address (
  person      varchar(255) not null primary key,
  address     varchar(320) not null,
  wanted      boolean      default true not null,
  unsubscribe varchar(64)  not null -- the secret of the link that switches mails off
);

create index mail_address_unsubscribe on mail_address (unsubscribe);

-- Who gets a mail with what is unread, and when. The instance that sends it moves due_at on before, as a lease.
create table mail_job (
  person   varchar(255) not null primary key,
  due_at   bigint       not null,
  attempts integer      default 0 not null
);
create index mail_job_due on mail_job (due_at);
