-- Finds the rooms that do not keep everything without reading all rooms.
create index room_retention on room (retention, id);
