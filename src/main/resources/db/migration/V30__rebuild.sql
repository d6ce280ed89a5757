-- The rebuilds that run. A rebuild derives the messages of its room under another id, the shadow, and gives them to the room in slices.
create table rebuild (
  room       varchar(64) not null primary key,
  shadow     varchar(64) not null,
  touched_at bigint      not null
);
