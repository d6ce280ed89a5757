-- Snapshots of documents in parts of bounded size. An upload has its own id, so that a reader never mixes two uploads of one version.
create table document_snapshot_part (
  document varchar(64) not null,
  snapshot varchar(64) not null,
  part     integer     not null, -- from 0
  content  bytea       not null,
  primary key (document, snapshot, part)
);

alter table document_snapshot add column id varchar(64) default '' not null;
alter table document_snapshot add column bytes bigint default 0 not null;
update document_snapshot set id = cast(version as varchar(20)), bytes = octet_length(content);
insert into document_snapshot_part (document, snapshot, part, content) select document, id, 0, content from document_snapshot;
alter table document_snapshot drop column content;
