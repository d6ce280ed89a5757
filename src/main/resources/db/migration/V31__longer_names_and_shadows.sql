-- A person without a name is shown under the user id, which has up to 255 characters.
alter table person alter column name set data type varchar(255);
alter table notification alter column actor_name set data type varchar(255);

-- What V7 removes on PostgreSQL, by the name that H2 gives it: a rebuild derives messages under an id that is no room's.
alter table message drop constraint if exists constraint_6;
