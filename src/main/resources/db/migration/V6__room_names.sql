-- What the names of public rooms look like, so that no two look alike. A room from before has its row after it was rebuilt or renamed.
create table room_name (
  look varchar(64) not null primary key,
  room varchar(64) not null references room
);
create index room_name_room on room_name (room);
