-- How long a room keeps what is said in it: forever, none, or days as in 30d.
alter table room add column retention varchar(16) default 'forever' not null;
