-- The list of rooms reads public rooms by id, past all rooms that the caller may not see.
create index room_public on room (kind, id);
