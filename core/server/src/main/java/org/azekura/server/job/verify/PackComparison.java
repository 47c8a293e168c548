package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/**
 * Compares what the catalog says of packs with what their storage node knows.
 *
 * @param known packs as the catalog has them
 */
record PackComparison(Stage stage, JobRecord record, Pool pool, ConnectedNode node, Map<PackId, Pack> known) {

    /** Packs that both know, and know differently. */
    List<JobResult.Damage> compare() throws BackupException {
        List<JobResult.Damage> different = new ArrayList<>();
        for (PackId after = null;;) {
            List<PackAnswer.PackOnVolume> page = node.ask(new PackOrder.ListPacks(pool.name(), after), PackAnswer.PackList.class, Orders.PROMPT).packs();
            if (page.isEmpty()) {
                return different;
            }
            for (PackAnswer.PackOnVolume there : page) {
                Pack row = known.get(there.pack());
                if (row != null && (row.size() != there.size() || row.chunks() != there.chunks())) {
                    different.add(difference(row, there));
                }
            }
            after = page.getLast().pack();
        }
    }

    private JobResult.Damage difference(Pack row, PackAnswer.PackOnVolume there) throws BackupException {
        String what = "pack " + row.id() + ": " + there.size() + " bytes in " + there.chunks() + " chunks, expected " + row.size() + " bytes in "
                + row.chunks() + " chunks, as the catalog has it";
        record.line(JobLine.Level.ERROR, what);
        String label = stage.catalog().read(view -> view.volume(row.volume())).map(Volume::label).orElse(row.volume().toString());
        return new JobResult.Damage(row.id(), label, List.of(), List.of(), what);
    }
}
