package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The boot loader's choice of a slot, carried out by the boot loader itself as a program of this machine (grub-emu), on a disk as the build lays it out. Only what
 * would start the kernel's file is played: it says from where.
 */
class GrubScriptTest {

    private static final String GRUB = "/usr/bin/grub-emu";
    private static final Path CONFIG = Recipe.HERE.resolve("boot/grub.cfg");
    private static final int SECTOR = 512;
    private static final int BLOCK = 4096;

    @TempDir
    Path dir;
    private Path disk;
    private long block;

    @BeforeEach
    void layOut() throws IOException {
        Daemon.assume("the boot loader's choice", GRUB, "grub-emu");
        Daemon.assume("the boot loader's choice", "/usr/bin/mformat", "mtools");
        Daemon.assume("the boot loader's choice", "/usr/sbin/sfdisk", "fdisk");
        for (String part : List.of("esp.img", "kernel.img", "rootfs.img")) {
            Files.write(dir.resolve(part), new byte[BLOCK]);
        }
        Ran.with(Map.of("AZEKURA_IMAGE_VERSION", "1"), Recipe.step("disk"), dir.toString()).ok();
        disk = dir.resolve("azekura-1.img");
        // As the first stage maps it.
        block = (number("boot/partitions", "start=(\\d+),.*name=env_fs") + number("boot/variables", "(?m)^variables_at=(\\d+) variables_sectors=8$")) * SECTOR;
        config(0);
    }

    private static long number(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Recipe.HERE.resolve(file)));
        assertTrue(matcher.find(), file);
        return Long.parseLong(matcher.group(1));
    }

    /** As it is, but it waits for nobody, and knows no serial line. */
    private void config(int entry) throws IOException {
        String text = Files.readString(CONFIG);
        assertTrue(text.contains("set timeout=2\nset timeout_style=hidden\n"), text);
        String here = text.replace("set timeout=2\nset timeout_style=hidden\n", "set default=" + entry + "\nset timeout=0\nset timeout_style=menu\n").lines()
                .filter(line -> !line.startsWith("serial ") && !line.startsWith("terminal_")).reduce("", (a, b) -> a + b + "\n");
        Path chosen = Files.writeString(dir.resolve("chosen.cfg"), here);
        Files.writeString(Files.createDirectories(dir.resolve("boot")).resolve("grub.cfg"),
                "cmdpath=\"(hd0,gpt1)/EFI/BOOT\"\nfunction chainloader { echo \"started $root $1.\"; exit; }\nsource (host)" + chosen + "\n");
        Files.writeString(dir.resolve("device.map"), "(hd0) " + disk + "\n");
    }

    /** @return the slot that was started */
    private String start() {
        String said = Ran.with(Map.of("TERM", "vt100"), GRUB, "--device-map=" + dir.resolve("device.map"), "--directory=" + dir.resolve("boot")).said();
        Matcher matcher = Pattern.compile("started hd0,gpt(\\d) /kernel\\.efi\\.").matcher(said);
        assertTrue(matcher.find(), said);
        return Map.of("3", "A", "5", "B").get(matcher.group(1));
    }

    private byte[] block() throws IOException {
        try (var file = new RandomAccessFile(disk.toFile(), "r")) {
            byte[] bytes = new byte[BLOCK];
            file.seek(block);
            file.readFully(bytes);
            return bytes;
        }
    }

    private void write(byte[] bytes) throws IOException {
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek(block);
            file.write(bytes);
        }
    }

    private Map<String, String> variables() throws IOException {
        Map<String, String> variables = new TreeMap<>();
        new String(block(), StandardCharsets.ISO_8859_1).lines().filter(line -> line.matches("[A-Za-z_]+=.*"))
                .forEach(line -> variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return variables;
    }

    private void set(String... variables) throws IOException {
        Path file = Files.write(dir.resolve("env"), block());
        String[] command = new String[variables.length + 3];
        command[0] = "/usr/bin/grub-editenv";
        command[1] = file.toString();
        command[2] = "set";
        System.arraycopy(variables, 0, command, 3, variables.length);
        Ran.of(command).ok();
        write(Files.readAllBytes(file));
    }

    private String tries() throws IOException {
        return variables().get("A_TRY") + " " + variables().get("B_TRY");
    }

    @Test
    void itsScriptCanBeRead() {
        Ran.of("/usr/bin/grub-script-check", CONFIG.toString()).ok();
    }

    @Test
    void aNewDiskStartsItsOnlySlot() throws IOException {
        assertEquals("A", start());
        assertEquals("1 0", tries());
        assertEquals("0", variables().get("B_OK"));
    }

    /** As after an update: three tries for the new one, then the old one, which is marked good again. */
    @Test
    void aVersionThatNeverComesUpGivesWayToTheOther() throws IOException {
        set("ORDER=B A", "B_OK=1", "B_TRY=0", "A_OK=1", "A_TRY=0", "A_GOOD=1.0.0", "DATA=made");
        assertEquals(List.of("B", "B", "B"), List.of(start(), start(), start()));
        assertEquals("0 3", tries());
        assertEquals("A", start());
        assertEquals("1 3", tries());
        set("A_TRY=0");
        assertEquals("A", start());
        assertEquals("1.0.0", variables().get("A_GOOD"), "what others keep there stays");
        assertEquals("made", variables().get("DATA"));
    }

    /** The updater marks the slot that it writes as bad before, and good after: a power cut between finds the other. */
    @Test
    void aSlotThatIsBeingWrittenIsLeftOut() throws IOException {
        set("ORDER=B A", "B_OK=0", "B_TRY=0", "A_OK=1", "A_TRY=0");
        assertEquals("A", start());
        assertEquals("1 0", tries());
    }

    @Test
    void whereBothHaveUsedUpTheirTriesItBeginsAnew() throws IOException {
        set("ORDER=B A", "B_OK=1", "B_TRY=3", "A_OK=1", "A_TRY=3");
        assertEquals("B", start());
        assertEquals("0 0", tries());
        assertEquals("B", start());
        assertEquals("0 1", tries());
    }

    @Test
    void withoutReadableVariablesTheFirstSlotStarts() throws IOException {
        write(new byte[BLOCK]);
        assertEquals("A", start());
    }

    @Test
    void theMenusFactoryResetIsNotedForTheFirstStage() throws IOException {
        set("ORDER=B A", "B_OK=1", "B_TRY=0");
        config(3);
        assertEquals("B", start());
        assertEquals("1", variables().get("RESET"));
    }
}
