-- Positions of their own: the end of a person's access does not wait for renames, and keywords are read only after they change.
insert into person_head (id, log_position) values (2, 0);
insert into person_head (id, log_position) values (3, 0);
alter table person add column keywords_changed bigint default 0 not null; -- the position of the last change of the keywords
create index person_keywords on person (keywords_changed);

-- The host of the push service, so that a slow or failing one does not delay the others. Subscriptions from before this version have none.
alter table push_subscription add column host varchar(255) default '' not null;
alter table push_job add column host varchar(255) default '' not null;
