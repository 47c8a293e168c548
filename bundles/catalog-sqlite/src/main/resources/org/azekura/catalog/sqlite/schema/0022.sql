-- Lines of the audit log may be moved behind those that a rebuild has brought back: taken out and added again in one transaction, while a setting says so. Else nobody deletes one.

DROP TRIGGER audit_is_not_deleted;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit WHEN NOT EXISTS (SELECT 1 FROM setting WHERE name = 'audit.lifting')
  BEGIN SELECT RAISE(ABORT, 'the audit log is not deleted'); END;
