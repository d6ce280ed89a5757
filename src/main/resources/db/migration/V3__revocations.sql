-- A ticket is its bearer's token for one handshake, so what may have that revoked is known of it. No ticket lasts longer than 30 s.
delete from ticket;
alter table ticket add column token_issued bigint default 0 not null;
alter table ticket add column jti varchar(255) default '' not null;
alter table ticket add column sid varchar(255) default '' not null;

-- Tokens that were taken back before they expired, numbered without a hole in the order of their commits.
create table revocation (
  log_position bigint       not null primary key,
  kind         varchar(16)  not null,
  subject      varchar(255) not null,
  revoked_at   bigint       not null,
  kept_until   bigint       not null,
  revoked_by   varchar(255) not null
);
create index revocation_kept on revocation (kept_until);

-- The one row that whoever appends holds locked.
create table revocation_head (
  id            integer not null primary key,
  log_position  bigint  not null
);
insert into revocation_head (id, log_position) values (1, 0);
