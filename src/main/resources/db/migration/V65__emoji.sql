-- Custom emoji, which administrators upload.
create table custom_emoji (
  name       varchar(32)  not null primary key,
  picture    varchar(32)  not null unique, -- the id of the picture
  content    bytea        not null,        -- PNG
  created_by varchar(255) not null,
  created_at bigint       not null
);

insert into installation_head (topic, log_position) values ('emoji', 0);
