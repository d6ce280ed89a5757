-- People and groups as the company's directory provisions them over SCIM.
create table scim_user (
  id           varchar(36)  not null primary key,
  user_id      varchar(255) not null unique, -- the person here; it never changes
  user_name    varchar(255) not null,
  user_name_look varchar(255) not null unique, -- in small letters: case does not distinguish names
  external_id  varchar(255),
  display_name varchar(255) not null,
  active       boolean      not null,
  created_at   bigint       not null,
  changed_at   bigint       not null
);
create index scim_user_external on scim_user (external_id);
create index scim_user_created on scim_user (created_at, id);

create table scim_group (
  id           varchar(36)  not null primary key,
  display_name varchar(255) not null,
  external_id  varchar(255),
  created_at   bigint       not null,
  changed_at   bigint       not null
);
create index scim_group_name on scim_group (display_name);
create index scim_group_created on scim_group (created_at, id);

create table scim_member (
  group_id varchar(36) not null,
  user_id  varchar(36) not null, -- of table scim_user
  primary key (group_id, user_id)
);
create index scim_member_user on scim_member (user_id);

-- People whose membership in a room may have to change, because a group changed.
create table scim_due (
  room    varchar(64)  not null,
  user_id varchar(255) not null, -- the person
  stamp   varchar(36)  not null, -- changes with each change of a group
  primary key (room, user_id)
);

insert into lease (task, node, ends_at) values ('provisioning', '', 0);
