package org.azekura.driver.tape.iscsi;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that looks after sessions nobody uses right now. It ends when there are none, so that an updated bundle leaves nothing behind. */
final class Attendance {

    /** Targets end a session that does not answer a ping within some seconds (Linux' own: 30 s). */
    static final Attendance OF_ALL = new Attendance("azekura iscsi attendance", Duration.ofSeconds(3));

    private final long period_ns;
    private final ScheduledThreadPoolExecutor thread;

    Attendance(String name, Duration period) {
        period_ns = period.toNanos();
        thread = new ScheduledThreadPoolExecutor(1, run -> {
            Thread daemon = new Thread(run, name);
            daemon.setDaemon(true);
            return daemon;
        });
        thread.setKeepAliveTime(period_ns, TimeUnit.NANOSECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** @param look must not throw, nor wait for long; ends when this is cancelled */
    Future<?> of(Runnable look) {
        return thread.scheduleWithFixedDelay(look, period_ns, period_ns, TimeUnit.NANOSECONDS);
    }
}
