-- local

-- local: receivers' private keys, wrapped under their passphrase; after a rebuild they make new ones
create table confidential_key (
    officer {int} not null,
    public_key {bytes} not null,
    salt {bytes} not null,
    wrapped {bytes} not null,
    passes {int} not null,
    kibibytes {int} not null,
    primary key (officer, public_key)
) {table-end-keyed};
