-- A ticket is its bearer's token for one handshake, so what may have that revoked is known of it. No ticket lasts longer than 30 s.
delete from ticket;
alter table ticket add column token_issued bigint default 0 not null;
alter table ticket add column jti varchar(255) default '' not null;
alter table ticket add column sid varchar(255) default '' not null;
