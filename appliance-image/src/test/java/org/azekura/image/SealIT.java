package org.azekura.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.MatchResult;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The appliance's secrets on a machine with a TPM 2 (swtpm), on the real kernel: each start is seen as far as the screen, for whether the appliance comes up is
 * {@link ImageIT}'s. Between two starts the power is cut.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class SealIT {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String SEALED = "secrets +encrypted; the key is sealed to this machine's";
    private static final String KEY = "((?:[A-Z2-7]{4}-){6}[A-Z2-7]{4})\\s+((?:[A-Z2-7]{4}-){5}[A-Z2-7]{4})";

    @TempDir
    static Path dir;

    @BeforeAll
    static void make() {
        SecureMachine.assume();
        Daemon.assume("secrets in a TPM", "/usr/bin/swtpm", "swtpm");
        LastBuild.require();
    }

    /** The chip of a machine: a process beside it, which ends with it. */
    private static Process tpm(String name) throws IOException {
        Path state = Files.createDirectories(dir.resolve("tpm-" + name));
        Files.deleteIfExists(socket(name));
        Process tpm = new ProcessBuilder("/usr/bin/swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + state, "--ctrl", "type=unixio,path=" + socket(name), "--terminate")
                .redirectErrorStream(true).redirectOutput(state.resolve("log").toFile()).start();
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!Files.exists(socket(name))) {
            if (!tpm.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("swtpm does not begin: " + Files.readString(state.resolve("log")));
            }
            Thread.onSpinWait();
        }
        return tpm;
    }

    private static Path socket(String name) {
        return dir.resolve(name + ".tpm");
    }

    private interface Seen {
        void on(Console console) throws IOException;
    }

    /** One start of the disk in a machine with this TPM, until what is to be seen was. */
    private static void start(SecureMachine machine, String tpm, Seen seen) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process chip = tpm(tpm);
        try (machine) {
            seen.on(machine.having("-chardev", "socket,id=chip,path=" + socket(tpm), "-tpmdev", "emulator,id=tpm,chardev=chip", "-device", "tpm-crb,tpmdev=tpm").start());
        } finally {
            chip.destroy();
            chip.waitFor();
        }
        System.out.printf("image: secrets: with the TPM %s: %d s%n", tpm, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    private static String recoveryKey(SecureMachine machine, Console console) throws IOException {
        console.await("7 recovery key", LIMIT);
        machine.press('7');
        MatchResult key = console.await(KEY, LIMIT);
        return key.group(1) + "-" + key.group(2);
    }

    @Test
    void aDiskWithoutItsMachineTellsNothingButToWhoHasTheRecoveryKey() throws Exception {
        SecureMachine machine = SecureMachine.with(LastBuild.disk(), null, dir.resolve("machine"));
        String[] key = new String[1];
        start(machine, "one", console -> {
            console.await(SEALED, LIMIT);
            console.await("write down the recovery key", LIMIT);
            key[0] = recoveryKey(machine, console);
        });
        start(machine, "other", console -> {
            console.await("TPM does not give the key of the data", LIMIT);
            console.await("Press 7 and enter", LIMIT);
            console.await("7 recovery key", LIMIT);
            machine.press('7');
            console.await("Recovery key \\(Enter goes back\\):", LIMIT);
            // Of another disk: it has the form of one.
            console.type("AAAA-".repeat(12) + "AAAA");
            console.await("the recovery key of another disk", LIMIT);
            console.type("");
            console.await("7 recovery key", LIMIT);
            machine.press('7');
            console.await("Recovery key \\(Enter goes back\\):", LIMIT);
            console.type(key[0].toLowerCase(Locale.ROOT));
            console.await("sealed to the TPM of this machine", LIMIT);
        });
        start(machine, "other", console -> console.await("the TPM has opened the data", LIMIT));
    }
}
