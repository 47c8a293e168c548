package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;

/** What an engineer asks a device of this library directly. Nothing is changed but by force, and nothing by force while the device is in use. */
final class TapeCommands {

    /** INQUIRY, TEST UNIT READY, REQUEST SENSE, READ BLOCK LIMITS, MODE SENSE, LOG SENSE, READ POSITION, REPORT DENSITY, READ ATTRIBUTE, and what lists. */
    private static final Set<Integer> HARMLESS = Set.of(0x00, 0x03, 0x05, 0x12, 0x1a, 0x34, 0x44, 0x4d, 0x5a, 0x5e, 0x8c, 0xa0, 0xa3, 0xb8);
    private static final Set<Integer> LENGTHS = Set.of(6, 10, 12, 16);
    private static final int MOST = 1 << 16;
    private static final int ALL_ELEMENTS = 0;

    private final TapeLibrary library;

    TapeCommands(TapeLibrary library) {
        this.library = library;
    }

    /** Whether the device is one of this library. */
    boolean has(String location) {
        return robot(location) || library.all().stream().anyMatch(drive -> drive.location().equals(location));
    }

    private boolean robot(String location) {
        return library.robot().filter(robot -> robot.location().equals(location)).isPresent();
    }

    private SscDrive drive(String location) {
        return library.all().stream().filter(drive -> drive.location().equals(location)).findFirst().orElseThrow();
    }

    private <T> T on(String location, Work<T> work) throws BackupException {
        if (robot(location)) {
            SmcChanger robot = library.robot().orElseThrow();
            return robot.engineer(() -> work.on(robot.device()));
        }
        SscDrive drive = drive(location);
        return drive.engineer(() -> work.on(drive.device()));
    }

    private interface Work<T> {
        T on(SpcDevice device) throws BackupException;
    }

    /** Who it is, and what it says when it is asked whether it is ready. */
    String sense(String location) throws BackupException {
        return on(location, device -> {
            Inquiry inquiry = device.inquiry();
            Answer ready = device.testReady();
            return "%s %s %s, serial %s%n%s%n%s".formatted(inquiry.vendor(), inquiry.product(), inquiry.revision(), inquiry.serial(),
                    ready.isDone() ? "ready" : ready.text(), device.operations().known() ? "commands " + codes(device.operations().codes())
                            : "it does not say which commands it has");
        });
    }

    private static String codes(Set<Integer> codes) {
        return String.join(" ", codes.stream().sorted().map("%02x"::formatted).toList());
    }

    /**
     * Sends one command.
     *
     * @param bytes of the command, in hexadecimal
     * @param into  bytes to read, 0 for none
     * @throws BackupException {@code tape.cdb} if it is none, or may not be sent
     */
    String cdb(String location, String bytes, int into, boolean force) throws BackupException {
        byte[] command = parse(location, bytes);
        boolean harmless = HARMLESS.contains(command[0] & 0xff) && !((command[0] & 0xff) == 0xb8 && (command[1] & 0xf) == ALL_ELEMENTS);
        if (into < 0 || into > MOST) {
            throw refused(location, "0 to " + MOST + " bytes are read, not " + into);
        }
        if (!harmless && !force) {
            throw refused(location, "this command may move or change something; say --force if it shall");
        }
        if (!harmless && !robot(location) && drive(location).isInUse()) {
            throw refused(location, "the drive is in use; unload its cartridge first");
        }
        return on(location, device -> {
            ByteBuffer data = ByteBuffer.allocate(into);
            Answer answer = device.once(new Cdb(command, into == 0 ? Direction.NONE : Direction.IN, -1), into == 0 ? null : data);
            String said = answer.isDone() && answer.sense().isEmpty() ? "good" : answer.text();
            return said + dump(data.array(), answer.isDone() ? answer.length() : 0);
        });
    }

    private static BackupException refused(String location, String why) {
        return Trouble.operator("tape.cdb", location, why);
    }

    private static byte[] parse(String location, String bytes) throws BackupException {
        try {
            byte[] command = HexFormat.of().parseHex(bytes.replace(" ", ""));
            if (LENGTHS.contains(command.length)) {
                return command;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw refused(location, "a command is 6, 10, 12 or 16 bytes in hexadecimal, like \"00 00 00 00 00 00\"; not \"" + bytes + "\"");
    }

    private static String dump(byte[] data, int length) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at += 16) {
            int end = Math.min(length, at + 16);
            text.append("%n%04x  %-48s %s".formatted(at, HexFormat.ofDelimiter(" ").formatHex(data, at, end), Inquiry.text(data, at, end)));
        }
        return text.toString();
    }

    /** Of all devices. */
    List<String> locations() {
        List<String> all = new ArrayList<>(library.all().stream().map(SscDrive::location).toList());
        library.robot().ifPresent(robot -> all.addFirst(robot.location()));
        return all;
    }
}
