from django.db import migrations

GUARD = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER consent_event_append_only BEFORE UPDATE OR DELETE ON accounts_consent_event
    FOR EACH ROW EXECUTE FUNCTION accounts_refuse_change();
"""
UNGUARD = """
DROP TRIGGER consent_event_append_only ON accounts_consent_event;
DROP FUNCTION accounts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
