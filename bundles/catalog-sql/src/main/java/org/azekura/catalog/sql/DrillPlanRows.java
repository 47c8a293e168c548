package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.catalog.DrillPlan;

/** Plans of drills with what they name. */
final class DrillPlanRows {

    private static final Table PLANS = new Table("drill_plan", 1, 0, TimingRow.between(List.of("name", "per_million", "files", "client")));
    private static final PlanLists LISTS = new PlanLists("drill_plan", "plan");

    private DrillPlanRows() {}

    /** @param condition of the plans themselves */
    static List<DrillPlan> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<DrillPlan> whole = new ArrayList<>();
        for (DrillPlan bare : sql.list(PLANS.select(condition), DrillPlanRows::bare, arguments)) {
            whole.add(new DrillPlan(bare.name(), LISTS.saveSets(sql, bare.name()), LISTS.copies(sql, bare.name()), bare.perMillion(), bare.files(), bare.client(),
                    TimingRow.with(bare.timing(), LISTS.blackouts(sql, bare.name()))));
        }
        return whole;
    }

    private static DrillPlan bare(Row row) throws SQLException {
        return new DrillPlan(row.text(1, PolicyName::new), List.of(), List.of(), row.count(2), row.count(3), row.text(4, ClientName::new), TimingRow.read(row, 5));
    }

    static void put(Sql sql, DrillPlan plan) throws BackupException {
        sql.update(PLANS.put(), TimingRow.between(Arrays.asList(plan.name(), plan.perMillion(), plan.files(), plan.client()), plan.timing()));
        LISTS.put(sql, plan.name(), plan.saveSets(), plan.copies(), plan.timing().blackouts());
    }
}
