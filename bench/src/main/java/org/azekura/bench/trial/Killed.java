package org.azekura.bench.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.azekura.bench.corpus.Corpora;
import org.azekura.bench.run.Aging;
import org.azekura.bench.tool.Folders;
import org.azekura.bench.tool.Home;

/** A backup of what cannot be made smaller, killed half way with the whole appliance; after its next start it goes on by itself. */
record Killed(Path script, Path work, int mib) implements Trial {

    static final String NAME = "killed";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(5);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Found found) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(work.resolve("source"));
        Corpora.noise(mib).make(tree);
        Aging.await(tree);
        try (Home home = new Home(script, work.resolve("appliance"))) {
            home.makePool("whole");
            home.backup("whole", tree);
            long whole = Folders.bytes(home.pool("whole"));
            home.makePool("cut");
            Process command = home.begin("backup", "--pool", "cut", "--name", "cut", tree.toString());
            awaitHalf(home, whole);
            home.kill();
            long before = Folders.bytes(home.pool("cut"));
            home.up();
            home.await(command, PATIENCE);
            home.process().awaitQuiet();
            long again = before + home.process().written() - whole;
            found.fact(Figure.SENT_AGAIN, Math.max(again, 0), "at most, of %d MiB, killed when %d MiB were in the pool: all that the next process wrote, its catalog too, "
                    .formatted(mib, before >> 20) + "less what an uninterrupted backup lacked then");
        }
    }

    private static void awaitHalf(Home home, long whole) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (Folders.bytes(home.pool("cut")) < whole / 2) {
            if (Duration.ofNanos(System.nanoTime() - began).compareTo(PATIENCE) > 0) {
                throw new IOException("the backup that is to be killed does not get half way within " + PATIENCE);
            }
            Thread.sleep(LOOK);
        }
    }
}
