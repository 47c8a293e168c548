package org.azekura.bench.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that stays, as {@code /proc} shows it. Whoever may not read or reset something there gets an {@link IOException}. */
public final class Served {

    /** Fixed for user space on every architecture that matters here (sysconf(_SC_CLK_TCK)). */
    private static final int TICKS_A_SECOND = 100;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern WRITTEN = Pattern.compile("(?m)^write_bytes: (\\d+)$");
    private static final Duration QUIET = Duration.ofMillis(200);
    /** Names of a million files are made searchable behind their backup. */
    private static final Duration LONGEST_ECHO = Duration.ofSeconds(60);

    private final Path folder;

    public Served(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
    }

    /** User and system time so far, to a hundredth of a second. */
    public Duration processor() throws IOException {
        return processor(Files.readString(folder.resolve("stat")));
    }

    static Duration processor(String stat) {
        // The name of the program may hold blanks and brackets; fields count from behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Duration.ofSeconds(Long.parseLong(fields[11]) + Long.parseLong(fields[12])).dividedBy(TICKS_A_SECOND);
    }

    /** The most it has had resident since {@link #forgetPeak()}. */
    public long peakBytes() throws IOException {
        return peakBytes(Files.readString(folder.resolve("status")));
    }

    static long peakBytes(String status) {
        Matcher peak = PEAK.matcher(status);
        return peak.find() ? Long.parseLong(peak.group(1)) << 10 : 0;
    }

    /** Whether it is there and not only waits to be reaped. */
    public boolean lives() {
        try {
            String stat = Files.readString(folder.resolve("stat"));
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }

    /** Bytes that it has had written to disks, or will have once the kernel gets to it. */
    public long written() throws IOException {
        Matcher bytes = WRITTEN.matcher(Files.readString(folder.resolve("io")));
        return bytes.find() ? Long.parseLong(bytes.group(1)) : 0;
    }

    public void forgetPeak() throws IOException {
        Files.writeString(folder.resolve("clear_refs"), "5");
    }

    /** Waits until it works no more on what was asked before, so that its last work is counted too; a minute at most. */
    public void awaitQuiet() throws IOException, InterruptedException {
        Duration before = processor();
        for (Duration waited = Duration.ZERO; waited.compareTo(LONGEST_ECHO) < 0; waited = waited.plus(QUIET)) {
            Thread.sleep(QUIET);
            Duration now = processor();
            if (now.minus(before).compareTo(Duration.ofMillis(10)) <= 0) {
                return;
            }
            before = now;
        }
    }
}
