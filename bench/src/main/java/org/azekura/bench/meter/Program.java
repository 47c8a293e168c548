package org.azekura.bench.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs one after the other, each to its end, and counts their cost. One thread: children of two calls could not be told apart. */
public final class Program {

    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final long PEAK_EVERY_MILLIS = 10;

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder      where programs run
     * @param environment added to that of this process
     */
    public Program(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** The same, in another folder. */
    public Program in(Path other) {
        return new Program(other, environment);
    }

    /** How a program ended. */
    public record Ended(Cost cost, int exit, String out) {}

    /**
     * Runs a program that must end with 0.
     *
     * @throws IOException with its output if it ends otherwise, or not within two hours
     */
    public Ended run(List<String> command) throws IOException, InterruptedException {
        Ended ended = tryRun(command);
        if (ended.exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + ended.exit + ": " + ended.out.strip());
        }
        return ended;
    }

    public Ended run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    public Ended tryRun(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("azekura-bench", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Duration before = ChildTimes.now();
            long began = System.nanoTime();
            Process process = builder.start();
            long peak = await(process, command);
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            Duration call = ChildTimes.now().minus(before);
            return new Ended(new Cost(wall, call, call, peak), process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
        }
    }

    /** The kernel keeps the peak itself, but forgets it when the process ends; the one it tells a parent includes the parent's own. */
    private static long await(Process process, List<String> command) throws IOException, InterruptedException {
        Served child = new Served(process.pid());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long peak = 0;
        while (!process.waitFor(PEAK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(child));
            if (System.nanoTime() - deadline > 0) {
                process.destroyForcibly().waitFor();
                throw new IOException(String.join(" ", command) + " did not end within " + PATIENCE);
            }
        }
        return peak;
    }

    /** Kills a process that is no child, and waits until it is gone. @throws IOException if it is still there */
    public static void kill(long pid, long seconds) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        process.ifPresent(ProcessHandle::destroyForcibly);
        try {
            if (process.isPresent()) {
                process.get().onExit().get(seconds, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + pid + " is still there", e);
        }
    }

    private static long peak(Served child) {
        try {
            return child.peakBytes();
        } catch (IOException e) {
            // It has ended since.
            return 0;
        }
    }
}
