package org.azekura.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.azekura.api.driver.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred updates in a row leave nothing behind. */
@Timeout(300)
class LeakIT {

    private static final int UPDATES = 100;

    @TempDir Path dir;

    /** What a process has that may leak. */
    private record Held(long loaders, long activators, long threads, long files, long bundles) {

        static Held now(InstallerBench bench) throws Exception {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram", new Object[] {new String[0]}, new String[] {String[].class.getName()});
            return new Held(instances(histogram, "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader"),
                    instances(histogram, TestActivator.class.getName()), Thread.getAllStackTraces().size(), openFiles(), bench.framework.getBundleContext().getBundles().length);
        }

        /** In all classes of this name, whoever loaded them. */
        private static long instances(String histogram, String type) {
            return histogram.lines().map(String::strip).filter(line -> line.matches("\\d+:.*")).map(line -> line.split("\\s+"))
                    .filter(words -> words[3].equals(type)).mapToLong(words -> Long.parseLong(words[1])).sum();
        }

        private static long openFiles() throws Exception {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            }
        }
    }

    @Test
    void aHundredUpdatesLeaveNoClassLoaderThreadFileOrBundle() throws Exception {
        try (InstallerBench bench = new InstallerBench(dir)) {
            bench.install("1.0.0", "good");
            for (int i = 1; i <= 5; i++) {
                update(bench, i);
            }
            Held before = Held.now(bench);
            assertTrue(before.loaders > 0 && before.activators > 0, before::toString);
            for (int i = 6; i < 6 + UPDATES; i++) {
                update(bench, i);
            }
            Held after = Held.now(bench);
            assertEquals(before.loaders, after.loaders, () -> before + " became " + after);
            assertEquals(before.activators, after.activators, () -> before + " became " + after);
            assertEquals(before.bundles, after.bundles, () -> before + " became " + after);
            assertTrue(after.threads <= before.threads + 1, () -> before + " became " + after);
            assertTrue(after.files <= before.files + 1, () -> before + " became " + after);
            try (Stream<Path> left = Files.list(dir.resolve("drivers/test"))) {
                assertEquals(5, left.count(), "only two versions and a record are kept on disk");
            }
        }
    }

    /** Every tenth one is broken, and backed out. */
    private static void update(InstallerBench bench, int number) throws Exception {
        boolean broken = number % 10 == 0;
        Class<? extends Outcome> expected = broken ? Outcome.BackedOut.class : Outcome.Done.class;
        assertInstanceOf(expected, bench.update("1.0." + number, broken ? "broken" : "good"));
    }
}
