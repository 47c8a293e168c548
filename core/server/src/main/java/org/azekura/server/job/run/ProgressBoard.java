package org.azekura.server.job.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.azekura.api.JobId;
import org.azekura.api.server.JobProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each job of this run of the server is, and who wants to know. Safe for any number of threads. */
public final class ProgressBoard {

    private static final Logger log = LoggerFactory.getLogger(ProgressBoard.class);

    private final Map<JobId, JobProgress> latest = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<JobProgress>> listeners = new CopyOnWriteArrayList<>();
    /** Listeners are called from one thread at a time, in the order in which things happened. */
    private final ReentrantLock calling = new ReentrantLock();

    void post(JobProgress progress) {
        calling.lock();
        try {
            if (progress.state().ended()) {
                latest.remove(progress.job());
            } else {
                latest.put(progress.job(), progress);
            }
            for (Consumer<JobProgress> listener : listeners) {
                try {
                    listener.accept(progress);
                } catch (RuntimeException e) {
                    log.warn("a listener to job progress failed", e);
                }
            }
        } finally {
            calling.unlock();
        }
    }

    /** @return null if it has ended or never began in this run of the server */
    public JobProgress latest(JobId job) {
        return latest.get(job);
    }

    public AutoCloseable watch(Consumer<JobProgress> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
