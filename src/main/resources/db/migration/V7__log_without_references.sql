-- Both tables grow with every message, and looking up the room of each row was a third of what PostgreSQL did for one. The journal
-- writes a room's row before the room's first event, holds it locked while it writes more, and nothing ever deletes it. H2 calls
-- its constraints otherwise and keeps them.
alter table room_event drop constraint if exists room_event_room_fkey;
alter table message drop constraint if exists message_room_fkey;
