package org.azekura.storagenode.job;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.Recall;

/** The cartridges that a job reads, from when it has the first of it found to when it is through. Thread-safe. */
final class ExpectedReads {

    private final JobId job;
    private final Map<VolumeId, Recall.Expected> all = new HashMap<>();
    private boolean ended;

    ExpectedReads(JobId job) {
        this.job = job;
    }

    /** @param instead one with which the job is through; null: none */
    synchronized void begin(Recall recall, VolumeId volume, VolumeId instead) throws BackupException {
        through(instead);
        if (!ended && !all.containsKey(volume)) {
            all.put(volume, recall.expect(volume, job));
        }
    }

    private void through(VolumeId volume) {
        Recall.Expected done = volume == null ? null : all.remove(volume);
        if (done != null) {
            done.through();
        }
    }

    /** The job has ended. */
    synchronized void end() {
        ended = true;
        all.values().forEach(Recall.Expected::through);
        all.clear();
    }
}
