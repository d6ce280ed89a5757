-- Whether a message surely was not posted and waits for the next attempt, for example in a room in slow mode. Its author may change it.
alter table scheduled_message add column postponed boolean default false not null;
