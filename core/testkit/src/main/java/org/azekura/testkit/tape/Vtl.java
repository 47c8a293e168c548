package org.azekura.testkit.tape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.testkit.Daemon;

/**
 * A tape library by {@code tgtd}: two drives, a robot, eight slots, two mail slots, five cartridges and one for cleaning. One iSCSI target; each
 * part is a logical unit. Not thread-safe.
 *
 * <p>It has no real positions, LOCATE, ERASE, alerts or reservation; it warns of the end of a cartridge and then writes on for ever; a
 * cleaning cartridge is a blank one to its drives; a restart puts every cartridge back into the slot where it was first.
 */
public final class Vtl implements AutoCloseable {

    public static final int PICKER = 1;
    public static final int FIRST_MAIL_SLOT = 10;
    public static final int MAIL_SLOTS = 2;
    public static final int FIRST_DRIVE = 500;
    public static final int DRIVES = 2;
    public static final int FIRST_SLOT = 1000;
    public static final int SLOTS = 8;
    /** In the first slots, in this order, as long as nobody has moved them. */
    public static final List<String> BARCODES = List.of("VT0001L5", "VT0002L5", "VT0003L5", "VT0004L5", "VT0005L5", "CLN001L1");

    private static final String TARGET = "iqn.2026-11.test:vtl";
    private static final int CHANGER_LUN = DRIVES + 1;
    /** It cuts longer paths of cartridges off. */
    private static final int MOST_PATH = 100;
    private static final int PORTS_TO_TRY = 10;

    private final Path dir;
    private final int size_MB;
    private final Map<Integer, String> slots = new TreeMap<>();
    private int port;
    private Daemon daemon;

    private Vtl(Path dir, int size_MB) {
        this.dir = dir.toAbsolutePath();
        this.size_MB = size_MB;
        if (this.dir.toString().length() > MOST_PATH) {
            throw new IllegalArgumentException("the path of the folder is too long for tgtd: " + dir);
        }
        for (int i = 0; i < BARCODES.size(); i++) {
            slots.put(FIRST_SLOT + i, BARCODES.get(i));
        }
    }

    /** Skips the test, loudly, if it can't run here. */
    public static void assumeUsable() {
        Daemon.assumeAsRoot("what needs a SCSI peer", "/usr/sbin/tgtd", "tgt");
    }

    /** With cartridges of 64 MB. */
    public static Vtl start(Path dir) throws InterruptedException {
        return start(dir, 64);
    }

    /** @param dir exists, belongs to this one alone, and keeps the cartridges; a short path */
    public static Vtl start(Path dir, int size_MB) throws InterruptedException {
        Vtl vtl = new Vtl(dir, size_MB);
        vtl.media();
        for (int i = 0; !vtl.begin(Daemon.freePort()); i++) {
            if (i == PORTS_TO_TRY) {
                throw new IllegalStateException("no port is free: " + vtl.daemon.said());
            }
        }
        return vtl;
    }

    public int port() {
        return port;
    }

    /** @param number from 0 */
    public String drive(int number) {
        return url(number + 1);
    }

    public String changer() {
        return url(CHANGER_LUN);
    }

    /** There are 1 to 3, and the 0 that every target has. */
    public String url(int lun) {
        return "iscsi://127.0.0.1:" + port + "/" + TARGET + "/" + lun;
    }

    /** The file that is the cartridge. */
    public Path medium(String barcode) {
        return dir.resolve("media").resolve(barcode);
    }

    public long pid() {
        return daemon.pid();
    }

    /** As a power cut would: {@code kill -9}. */
    public void kill() {
        daemon.kill();
        forgetSockets();
    }

    /** After {@link #kill}: the same cartridges at the same port, in the slots where they were put. */
    public void restart() throws InterruptedException {
        if (!begin(port)) {
            throw new IllegalStateException("it does not start again: " + daemon.said());
        }
    }

    /** It answers nothing any more, but is there: until {@link #resume}. */
    public void pause() throws InterruptedException {
        daemon.signal("STOP");
    }

    public void resume() throws InterruptedException {
        daemon.signal("CONT");
    }

    /** From here on only who proves to be this one is let in, by CHAP; who asks for it is given proof that the target is the other one. Until a restart. */
    public void account(String user, String secret, String own, String ownSecret) throws InterruptedException {
        tell("--op", "new", "--mode", "account", "--user", user, "--password", secret);
        tell("--op", "bind", "--mode", "account", "--tid", "1", "--user", user);
        tell("--op", "new", "--mode", "account", "--user", own, "--password", ownSecret);
        tell("--op", "bind", "--mode", "account", "--tid", "1", "--user", own, "--outgoing");
    }

    /** A hand puts a cartridge into a slot or mail slot that is empty; it is made if there was none. */
    public void insert(int address, String barcode) throws InterruptedException {
        medium(barcode, size_MB, barcode.startsWith("CLN") ? "clean" : "data");
        put(address, barcode);
        slots.put(address, barcode);
    }

    /** A hand glues the barcodes of two onto each other; both are out of slots and drives. */
    public void confuse(String one, String other) {
        try {
            Path between = dir.resolve("between");
            Files.move(medium(one), between);
            Files.move(medium(other), medium(one));
            Files.move(between, medium(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A hand takes what is in a slot or mail slot. */
    public void remove(int address) throws InterruptedException {
        changer("element_type=" + kind(address) + ",address=" + address + ",clear_slot=1");
        slots.remove(address);
    }

    @Override
    public void close() {
        kill();
    }

    private void media() throws InterruptedException {
        try {
            Files.createDirectories(dir.resolve("media"));
            if (!Files.exists(dir.resolve("smc"))) {
                Files.write(dir.resolve("smc"), new byte[1024]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String barcode : BARCODES) {
            medium(barcode, size_MB, barcode.startsWith("CLN") ? "clean" : "data");
        }
        image(dir.resolve("empty"), "EMPTY", 1, "data");
    }

    private void medium(String barcode, int megabytes, String kind) throws InterruptedException {
        image(medium(barcode), barcode, megabytes, kind);
    }

    private static void image(Path file, String barcode, int megabytes, String kind) throws InterruptedException {
        if (!Files.exists(file)) {
            Daemon.run(Map.of(), "tgtimg", "--op", "new", "--device-type", "tape", "--barcode", barcode, "--size", Integer.toString(megabytes), "--type", kind,
                    "--file", file.toString());
        }
    }

    /** @return false if somebody else has this port */
    private boolean begin(int at) throws InterruptedException {
        port = at;
        daemon = Daemon.start(dir.resolve("tgtd.log"), environment(), List.of("tgtd", "-C", control(), "-f", "-d", "0", "-t", "4", "--iscsi",
                "portal=127.0.0.1:" + port));
        String[] show = admin("--op", "show", "--mode", "target");
        boolean up = daemon.await(() -> answers(show));
        if (!up || daemon.said().contains("unable to bind")) {
            kill();
            return false;
        }
        configure();
        return true;
    }

    private boolean answers(String... command) {
        try {
            return Daemon.attempt(environment(), command) == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void configure() throws InterruptedException {
        tell("--op", "new", "--mode", "target", "--tid", "1", "-T", TARGET);
        for (String value : List.of("MaxRecvDataSegmentLength=262144", "MaxXmitDataSegmentLength=262144", "FirstBurstLength=262144", "MaxBurstLength=1048576",
                "ImmediateData=Yes", "InitialR2T=No", "MaxOutstandingR2T=8")) {
            tell("--op", "update", "--mode", "target", "--tid", "1", "--name", value.substring(0, value.indexOf('=')), "--value",
                    value.substring(value.indexOf('=') + 1));
        }
        for (int lun = 1; lun <= DRIVES; lun++) {
            tell("--op", "new", "--mode", "logicalunit", "--tid", "1", "--lun", Integer.toString(lun), "-b", dir.resolve("empty").toString(),
                    "--device-type=tape");
            unit(lun, "vendor_id=IBM,product_id=ULT3580-TD5,product_rev=TGT1,scsi_sn=VTD000000" + lun + ",removable=1,online=0");
        }
        tell("--op", "new", "--mode", "logicalunit", "--tid", "1", "--lun", Integer.toString(CHANGER_LUN), "-b", dir.resolve("smc").toString(),
                "--device-type=changer");
        changer("vendor_id=STK,product_id=L700,product_rev=TGT1,scsi_sn=VTC0000001");
        changer("media_home=" + dir.resolve("media"));
        elements(1, PICKER, 1);
        elements(2, FIRST_SLOT, SLOTS);
        elements(3, FIRST_MAIL_SLOT, MAIL_SLOTS);
        elements(4, FIRST_DRIVE, DRIVES);
        for (int drive = 0; drive < DRIVES; drive++) {
            changer("element_type=4,address=" + (FIRST_DRIVE + drive) + ",tid=1,lun=" + (drive + 1));
        }
        for (Map.Entry<Integer, String> slot : slots.entrySet()) {
            put(slot.getKey(), slot.getValue());
        }
        tell("--op", "bind", "--mode", "target", "--tid", "1", "-I", "ALL");
    }

    private void elements(int kind, int first, int quantity) throws InterruptedException {
        changer("element_type=" + kind + ",start_address=" + first + ",quantity=" + quantity);
    }

    private void put(int address, String barcode) throws InterruptedException {
        changer("element_type=" + kind(address) + ",address=" + address + ",barcode=" + barcode + ",volume_tag=" + barcode + ",sides=1");
    }

    private static int kind(int address) {
        return address < FIRST_DRIVE ? 3 : 2;
    }

    private void changer(String parameters) throws InterruptedException {
        unit(CHANGER_LUN, parameters);
    }

    private void unit(int lun, String parameters) throws InterruptedException {
        tell("--op", "update", "--mode", "logicalunit", "--tid", "1", "--lun", Integer.toString(lun), "--params", parameters);
    }

    private void tell(String... what) throws InterruptedException {
        Daemon.run(environment(), admin(what));
    }

    private String[] admin(String... what) {
        List<String> command = new ArrayList<>(List.of("tgtadm", "-C", control(), "--lld", "iscsi"));
        command.addAll(List.of(what));
        return command.toArray(String[]::new);
    }

    /** Names its control socket: different for those that run at once. */
    private String control() {
        return Integer.toString(port % 30_000);
    }

    private Map<String, String> environment() {
        return Map.of("TGT_IPC_SOCKET", dir.resolve("tgt.sock").toString());
    }

    private void forgetSockets() {
        try (var files = Files.newDirectoryStream(dir, "tgt.sock.*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
