CREATE TABLE tenants (id TEXT PRIMARY KEY NOT NULL, slug TEXT NOT NULL UNIQUE);
CREATE TABLE tenant_users (tenant_id TEXT NOT NULL, id TEXT NOT NULL, email TEXT NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email), FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE TABLE tenant_docs (tenant_id TEXT NOT NULL, id TEXT NOT NULL, owner_id TEXT, editor_id TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, owner_id) REFERENCES tenant_users (tenant_id, id), FOREIGN KEY (tenant_id, editor_id) REFERENCES tenant_users (tenant_id, id));
