package org.azekura.client.mount;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.azekura.api.BackupException;

/** Who asks what is in a snapshot, for as long as it wants to know. Any thread may close it, which ends that. */
interface Asker extends AutoCloseable {

    /**
     * Returns when nothing is asked any more.
     *
     * @param threads that answer
     * @throws IOException     if who asks is gone, whatever way he went
     * @throws BackupException why the job is to end as failed
     */
    void ask(MountedSnapshot snapshot, Executor threads) throws IOException, BackupException;

    /** Whoever waits for an answer gets this reason. */
    void fail(BackupException why);

    @Override
    void close();
}
