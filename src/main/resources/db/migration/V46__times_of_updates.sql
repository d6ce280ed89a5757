-- When an update of a document was stored, for its history; 0 for those that were stored before this column existed.
alter table document_update add column stored_at bigint default 0 not null;
