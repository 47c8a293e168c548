package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The appliance's secrets on a machine with a TPM 2 (swtpm) and the image's own kernel and root: once with nothing else started, for what is on the disk, and once as a
 * whole. Between two starts the power is cut.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class SealIT {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String KEY = "((?:[A-Z2-7]{4}-){6}[A-Z2-7]{4})\\s+((?:[A-Z2-7]{4}-){5}[A-Z2-7]{4})";
    private static final String SECRET = "the-key-of-a-pool-";

    @TempDir
    static Path dir;

    @BeforeAll
    static void make() {
        Machine.assume();
        Tpm.assume();
        LastBuild.require();
    }

    private static Tpm tpm(String name) {
        return new Tpm(dir.resolve("tpm-" + name));
    }

    private static void told(String what, long begin) {
        System.out.printf("image: secrets: %s: %d s%n", what, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    // --- the kernel and the root alone --------------------------------------------------------------------------------------------

    /** In place of the first stage and of all units: the root as it was built, the data where they are, and then this script. */
    private static final String INIT = """
            #!/bin/sh
            export PATH=/bin:/sbin
            for name in mount mkdir cp switch_root; do busybox ln -sf busybox /bin/$name; done
            mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev; mount -t tmpfs run /run
            modprobe -a virtio_pci virtio_blk squashfs ext4
            mount -t squashfs -o ro /dev/vda /root && mount -t ext4 -o noatime,nosuid,nodev /dev/vdb /root/var
            mount -t tmpfs tmp /root/tmp
            cp /script /run/script
            for folder in /proc /sys /dev /run; do mount -o move $folder /root$folder; done
            exec switch_root /root /bin/bash /run/script
            """;
    private static final String SCRIPT = """
            exec </dev/null >/dev/ttyS0 2>&1
            export PATH=/usr/sbin:/usr/bin
            mkdir -p /run/azekura /var/lib/azekura-system
            seal=/usr/lib/azekura/seal home=/var/lib/azekura
            # A kernel gives itself a minute to try its ciphers before their first use, which on a busy machine without help of the processor is too short at times.
            read_keys() { for _ in 1 2 3 4 5; do cat $home/keys 2>/run/why && return; done; cat /run/why; }
            $seal open
            echo "secrets: $(cat /run/azekura/secrets)."
            """;

    private static Path data() throws IOException {
        Path data = dir.resolve("data");
        try (var file = new RandomAccessFile(data.toFile(), "rw")) {
            file.setLength(256L << 20);
        }
        // As the first stage makes it.
        Matcher features = Pattern.compile("mke2fs.* -O (\\S+) ").matcher(Files.readString(Recipe.HERE.resolve("initramfs/data")));
        assertTrue(features.find(), "how data are formed");
        Ran.of("/usr/sbin/mke2fs", "-q", "-F", "-t", "ext4", "-O", features.group(1), data.toString()).ok();
        return data;
    }

    /** One start: what the script says up to its last line. */
    private static MatchResult start(Path data, String tpm, String script, String last) throws Exception {
        long begin = System.nanoTime();
        Path stage = Files.createDirectories(dir.resolve("stage"));
        Files.writeString(stage.resolve("start"), INIT).toFile().setExecutable(true);
        Files.writeString(stage.resolve("script"), SCRIPT + script);
        Path initrd = dir.resolve("initrd");
        Ran.of("bash", "-c", "(cd \"$1\" && printf '%s\\n' start script | cpio --quiet -o -H newc) >\"$2\" && cat \"$3\" >>\"$2\"", "bash", stage.toString(), initrd.toString(),
                LastBuild.part("initramfs.zst").toString()).ok();
        Qemu qemu = new Qemu("q35", 1024, 256).kernel(LastBuild.part("kernel/vmlinuz"), initrd, "panic=10 rdinit=/start").disk(LastBuild.part("rootfs.img"), "format=raw,readonly=on,")
                .disk(data, "format=raw,cache=writethrough,");
        try (Tpm chip = tpm(tpm); Running machine = qemu.with(chip.on()).start(dir)) {
            return machine.console().await(last, LIMIT);
        } finally {
            told("kernel and root alone, TPM " + tpm, begin);
        }
    }

    private static boolean onDisk(Path data, String text) {
        return Ran.with(Duration.ofMinutes(5), Map.of(), "grep", "-qaF", text, data.toString()).code() == 0;
    }

    @Test
    void aDiskWithoutItsMachineTellsNothingButToWhoHasTheRecoveryKey() throws Exception {
        Path data = data();
        MatchResult made = start(data, "one", "for _ in 1 2 3 4 5; do printf '%s%s\\n' the-key-of- a-pool-1 >$home/keys && break; done; printf 'nothing-to-hide-%s\\n' 1 >/var/lib/other; sync; ls -ld $home; $seal show; sync; echo made",
                "secrets: encrypted; .*\\.\\s+drwx------ \\d+ azekura azekura [^\\n]*\\s+" + KEY + "\\s+made");
        String key = made.group(1) + "-" + made.group(2);
        assertTrue(onDisk(data, "nothing-to-hide-1"), "what is outside of the home is read");
        assertFalse(onDisk(data, SECRET), "what is in it is not");
        MatchResult again = start(data, "one", "read_keys; $seal show; echo again", "secrets: encrypted; .*\\.\\s+" + SECRET + "1\\s+" + KEY + "\\s+again");
        assertEquals(key, again.group(1) + "-" + again.group(2));
        start(data, "other", "cat $home/keys; $seal enter <<<" + "AAAA-".repeat(12) + "AAAA; cat $home/keys; $seal enter <<<" + key.toLowerCase(Locale.ROOT) + "; read_keys; sync; echo entered",
                "Enter the recovery key on the console\\s+secrets: locked\\.\\s+cat: \\S+: No such file or directory\\s+this is the recovery key of another disk\\s+cat: \\S+: No such file or directory\\s+"
                        + "It is sealed to the TPM of this machine from now on\\.[^$]*" + SECRET + "1\\s+entered");
        start(data, "other", "read_keys; echo opened", "the TPM has opened the data\\s+secrets: encrypted; .*\\.\\s+" + SECRET + "1\\s+opened");
    }

    // --- as a whole ---------------------------------------------------------------------------------------------------------------

    private static void start(Machine machine, String tpm, String said) throws Exception {
        long begin = System.nanoTime();
        try (Tpm chip = tpm(tpm); machine) {
            machine.start(chip.on()).await(said, LIMIT);
        }
        told("the whole, TPM " + tpm, begin);
    }

    @Test
    void theUnitOpensTheHomeAtEachStartAndAsksInAnotherMachine() throws Exception {
        Machine machine = Machine.secure(LastBuild.disk(), null, dir.resolve("machine"));
        start(machine, "a", "secrets +encrypted; the key is sealed to this machine's");
        start(machine, "a", "azekura: the TPM has opened the data");
        start(machine, "b", "Enter the recovery key on the console");
    }
}
