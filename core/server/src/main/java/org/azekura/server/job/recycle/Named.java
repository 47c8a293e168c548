package org.azekura.server.job.recycle;

import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobResult;
import org.azekura.server.media.NamedVolume;

/**
 * A volume that a job was ordered to do something with.
 *
 * @param barcode of its cartridge, null if it has none
 */
record Named(PoolName pool, String label, String barcode) {

    /** What became of it. @param what goes on behind its name */
    JobResult.Cartridge told(JobResult.Fate fate, String what) {
        return new JobResult.Cartridge(barcode == null ? null : new Barcode(barcode), label, pool, -1, fate, NamedVolume.spoken(label, barcode) + " " + what);
    }
}
