package org.azekura.client.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.HookName;
import org.azekura.client.posix.ProcessGroup;

/** A hook that runs: bounded in time, and in what of its output is kept. Safe for any number of threads. */
final class Program {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** From a polite request to the end. */
    private static final long GRACE_ms = 4_000;
    private static final long STEP_ms = 1_000;
    private static final String SETSID = "/usr/bin/setsid";

    private final HookName name;
    private final Process process;
    private final Printed printed;
    private final Thread listener;
    private final Duration time;
    private final boolean dump;
    private volatile long since = System.nanoTime();
    /** Why it was ended before its own end, null if it was not. */
    private String ended;
    private long endedAt;

    private Program(HookName name, Process process, boolean dump, Duration time) {
        this.name = name;
        this.process = process;
        this.dump = dump;
        this.time = time;
        InputStream said = dump ? process.getErrorStream() : process.getInputStream();
        this.printed = new Printed(said);
        this.listener = Thread.ofPlatform().daemon().name("output of hook " + name).start(printed::listen);
    }

    /**
     * @param dump whether the caller reads standard output; else it is printed like standard error
     * @param time it may take, one that dumps from one {@link #touch} to the next
     * @throws BackupException {@code hook.failed} if it cannot be started
     */
    static Program start(HookName name, Path path, Map<String, String> environment, boolean dump, Duration time) throws BackupException {
        // a session of its own: nothing that is typed or killed around this process reaches it, and all that it starts can be ended with it
        ProcessBuilder builder = new ProcessBuilder(List.of(SETSID, path.toString())).directory(Path.of("/").toFile()).redirectErrorStream(!dump)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(environment);
        try {
            return new Program(name, builder.start(), dump, time);
        } catch (IOException e) {
            throw BackupException.operator("hook.failed", name.value(), "hook " + name + " cannot be started: " + e.getMessage());
        }
    }

    InputStream output() {
        return process.getInputStream();
    }

    /**
     * Waits for its end, at most as long as it may take.
     *
     * @param idle runs every second
     * @throws BackupException {@code hook.failed} unless it ended well
     */
    void await(Runnable idle) throws BackupException {
        try {
            while (!process.waitFor(STEP_ms, TimeUnit.MILLISECONDS) && !isStuck()) {
                idle.run();
                checkTime();
            }
            listener.join(Duration.ofMillis(STEP_ms));
        } catch (InterruptedException e) {
            stop("it was interrupted");
            Thread.currentThread().interrupt();
        } finally {
            // what it left running in the background may hold its output open for ever
            close(process.getErrorStream());
            close(process.getInputStream());
        }
        checkEnd();
    }

    /** Its time begins anew. */
    void touch() {
        since = System.nanoTime();
    }

    /** Ends it if its time is over. */
    void checkTime() {
        if (System.nanoTime() - since > time.toNanos()) {
            stop((dump ? "it gave nothing for " : "it took longer than ") + time.toSeconds() + " s");
        }
    }

    /** Whether it was killed and is there all the same: the system does not let go of it, and nobody waits for that. */
    private synchronized boolean isStuck() {
        return ended != null && System.nanoTime() - endedAt > 2 * GRACE_ms * 1_000_000;
    }

    /** Waits a second for its end. */
    boolean endsSoon() throws InterruptedException {
        return process.waitFor(STEP_ms, TimeUnit.MILLISECONDS);
    }

    private synchronized void checkEnd() throws BackupException {
        int exit = process.isAlive() ? -1 : process.exitValue();
        if (ended != null || exit != 0) {
            throw BackupException.operator("hook.failed", name.value(), "hook " + name + " " + (ended != null ? "was ended: " + ended : "failed with exit code "
                    + exit) + (printed.last().isEmpty() ? "" : "; it said last: " + printed.last()));
        }
    }

    /** Ends it with all that it started. One that has ended stays as it is: its number may be another's. */
    void stop(String why) {
        synchronized (this) {
            if (ended != null || !process.isAlive()) {
                return;
            }
            ended = why;
            endedAt = System.nanoTime();
        }
        ProcessGroup.end(process.pid(), false);
        Thread.ofPlatform().daemon().name("end of hook " + name).start(() -> {
            try {
                process.waitFor(GRACE_ms, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ProcessGroup.end(process.pid(), true);
            process.destroyForcibly();
        });
    }

    /** What it printed. */
    List<String> lines() {
        return printed.lines();
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // it is over anyway
        }
    }
}
