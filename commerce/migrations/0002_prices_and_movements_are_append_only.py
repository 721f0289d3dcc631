from django.db import migrations

GUARD = """
CREATE FUNCTION commerce_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER price_record_append_only BEFORE UPDATE OR DELETE ON commerce_price_record
    FOR EACH ROW EXECUTE FUNCTION commerce_refuse_change();
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON commerce_stock_movement
    FOR EACH ROW EXECUTE FUNCTION commerce_refuse_change();
"""
UNGUARD = """
DROP TRIGGER stock_movement_append_only ON commerce_stock_movement;
DROP TRIGGER price_record_append_only ON commerce_price_record;
DROP FUNCTION commerce_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("commerce", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
