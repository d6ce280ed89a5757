-- A person without a name is shown under the user id, which has up to 255 characters.
alter table membership alter column user_name set data type varchar(255);
alter table message alter column author_name set data type varchar(255);
alter table ticket alter column user_name set data type varchar(255);
alter table restraint alter column user_name set data type varchar(255);
