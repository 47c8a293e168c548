package org.azekura.client.restore;

import org.azekura.api.BackupException;
import org.azekura.api.message.RestoreBatch;

/** Gives a restore's plan, part after part. Called by one thread. */
@FunctionalInterface
public interface Batches {

    /** Null behind the last. */
    RestoreBatch next() throws BackupException;
}
