package org.azekura.driver.tape.iscsi;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that looks after sessions nobody uses right now. It ends when there are none, so that an updated bundle leaves nothing behind. */
final class Attendance {

    /** Targets wait for an answer to a ping for 5 s and more after one in which nothing happened (Linux' own: 30 s, istgt: 30 s). */
    private static final int PERIOD_S = 3;

    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private Attendance() {}

    /** @param look must not throw, nor wait for long; ends when this is cancelled */
    static Future<?> of(Runnable look) {
        return THREAD.scheduleWithFixedDelay(look, PERIOD_S, PERIOD_S, TimeUnit.SECONDS);
    }

    private static ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, run -> {
            Thread thread = new Thread(run, "azekura iscsi attendance");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(PERIOD_S, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
