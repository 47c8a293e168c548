package org.azekura.storagenode.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.azekura.api.BackupException;

/** Asks a device about many blobs. On a remote one each takes a request or two, so several are under way at once. */
final class AtOnce {

    private static final int MOST = 16;

    private AtOnce() {}

    interface Step<T, R> {
        R run(T one) throws BackupException;
    }

    /**
     * In their order.
     *
     * @throws BackupException of the first that fails; the others were asked as well
     */
    static <T, R> List<R> each(List<T> all, Step<T, R> step) throws BackupException {
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST, Math.max(1, all.size())), Thread.ofVirtual().factory())) {
            List<R> results = new ArrayList<>();
            for (Future<R> one : threads.invokeAll(all.stream().map(each -> (Callable<R>) () -> step.run(each)).toList())) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException problem ? problem : BackupException.bug("a device could not be asked about its blobs", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", "", "interrupted while a device is asked about its blobs", e);
        }
    }
}
