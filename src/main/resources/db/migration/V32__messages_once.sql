-- What queries need of a message beside its frame. Empty in the rows of other events, and of messages that are in table message too.
-- The indexes are made when an instance starts, without blocking writers.
alter table room_event add column key_hash bigint;      -- of room, author and key
alter table room_event add column thread_offset bigint; -- of a reply: the message that it answers
alter table room_event add column also boolean;         -- true: the room shows the reply too
alter table room_event add column deleted boolean;      -- true: the message was deleted
