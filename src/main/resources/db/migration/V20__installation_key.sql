-- The secret that the instances of this installation share and the broker does not have: what they tell each other is sealed with it. One
-- row, made by the first instance that needs it. To change it, delete the row and restart all instances.
create table installation_key (
  id     integer     not null primary key check (id = 1),
  secret varchar(64) not null -- 32 random bytes in hexadecimal
);
