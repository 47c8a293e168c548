package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A machine whose data partition has lost its superblock, and the copy of it that is looked for by itself: what its first stage offers at the serial line. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class RescueIT {

    private static final Duration START = Duration.ofMinutes(10);
    private static final String VARIABLES = "(?m)^variables_at=(\\d+) variables_sectors=8$";
    private static final int SECTOR = 512;
    private static final int BLOCK = 4096;
    private static final String SAVED = "a catalog\n";

    private static Path dir;

    @BeforeAll
    static void make() throws IOException {
        Machine.assume();
        Daemon.assume("rescue of the appliance's data", "/usr/sbin/debugfs", "e2fsprogs");
        LastBuild.require();
        dir = Recipe.fresh("rescue");
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    /** As the first stage makes it, with a file in it. @return where it begins, in bytes */
    private static long data(Path disk) throws IOException {
        Ran.of("/usr/sbin/sfdisk", "--quiet", "--relocate", "gpt-bak-std", disk.toString()).ok();
        Ran.of("bash", "-c", "printf 'type=linux, name=data\\n' | /usr/sbin/sfdisk --quiet --append --force \"$1\"", "bash", disk.toString()).ok();
        String table = Ran.of("/usr/sbin/sfdisk", "--dump", disk.toString()).ok().said();
        long at = number(table, "start= *(\\d+),.*name=\"data\"") * SECTOR;
        long blocks = number(table, "size= *(\\d+),.*name=\"data\"") * SECTOR / BLOCK;
        Ran.of("/usr/sbin/mke2fs", "-q", "-F", "-t", "ext4", "-L", "data", "-O", "metadata_csum,64bit", "-E", "lazy_itable_init=1,lazy_journal_init=1,offset=" + at, disk.toString(),
                Long.toString(blocks)).ok();
        Ran.of("/usr/sbin/debugfs", "-w", "-R", "write " + file("saved", SAVED) + " saved", disk + "?offset=" + at).ok();
        return at;
    }

    private static String saved(Path disk, long at) {
        return Ran.of("bash", "-c", "/usr/sbin/debugfs -R 'cat saved' \"$1\" 2>/dev/null", "bash", disk + "?offset=" + at).said();
    }

    /** The boot loader's variables, by a program that reads and changes them. */
    private static String variables(Path disk, String... command) throws IOException {
        long at = Recipe.place("env_fs") + number(Files.readString(Recipe.HERE.resolve("boot/variables")), VARIABLES) * SECTOR;
        try (var whole = new RandomAccessFile(disk.toFile(), "rw")) {
            byte[] block = new byte[BLOCK];
            whole.seek(at);
            whole.readFully(block);
            Path file = Files.write(dir.resolve("variables.block"), block);
            String[] all = new String[command.length + 2];
            all[0] = "/usr/bin/grub-editenv";
            all[1] = file.toString();
            System.arraycopy(command, 0, all, 2, command.length);
            String said = Ran.of(all).ok().said();
            whole.seek(at);
            whole.write(Files.readAllBytes(file));
            return said;
        }
    }

    @Test
    void brokenDataAreMendedByWhoIsAtTheMachine() throws Exception {
        try (Machine machine = Machine.with(Versions.disk(), dir)) {
            Path disk = machine.disk();
            long at = data(disk);
            assertEquals(SAVED, saved(disk, at));
            variables(disk, "set", "DATA=made", "A_GOOD=" + Versions.FIRST, "A_TRY=2");
            try (var whole = new RandomAccessFile(disk.toFile(), "rw")) {
                for (long block : new long[] {0, 32_768}) {
                    whole.seek(at + block * BLOCK);
                    whole.write(new byte[BLOCK]);
                }
            }
            assertEquals("", saved(disk, at));
            long begin = System.nanoTime();
            Console console = machine.start();
            console.await("slot A\\s+RESCUE", START);
            console.await("Number and Enter:", START);
            System.out.printf("image: the rescue menu is there after %d s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
            console.type("2");
            console.await("from the copy of its superblock in block 98304", START);
            console.await("the data partition is there", START);
            machine.cutPower();
            assertEquals(SAVED, saved(disk, at));
            String variables = variables(disk, "list");
            assertTrue(variables.contains("A_TRY=0\n") && variables.contains("DATA=made\n"), () -> "a good version has used up no tries: " + variables);
        }
    }
}
