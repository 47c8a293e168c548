package org.azekura.testkit.tape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.azekura.testkit.Daemon;

/**
 * A single tape drive by {@code istgt}, with a cartridge in it: knows places, LOCATE(10), overflow of a full cartridge, reservation and PREVENT. Not
 * thread-safe.
 *
 * <p>It has no changer, gives the beginning of a block that is longer than asked for as if it were whole, and ends the session at blocks of 2 MiB.
 */
public final class Istgt implements AutoCloseable {

    /** The cartridge that is in the drive when it starts. */
    public static final String FIRST = "tape";

    private static final String NODE = "iqn.2026-11.test";
    private static final String NAME = "tape0";
    private static final int PORTS_TO_TRY = 10;

    private final Path dir;
    private final int size_MB;
    private int port;
    private int controlPort;
    private Daemon daemon;

    private Istgt(Path dir, int size_MB) {
        this.dir = dir.toAbsolutePath();
        this.size_MB = size_MB;
    }

    /** Skips the test, loudly, if it can't run here. */
    public static void assumeUsable() {
        Daemon.assumeAsRoot("what needs a SCSI peer", "/usr/sbin/istgt", "istgt");
    }

    /** With a cartridge of 64 MB. */
    public static Istgt start(Path dir) throws InterruptedException {
        return start(dir, 64);
    }

    /** @param dir exists, belongs to this one alone, and keeps the cartridge */
    public static Istgt start(Path dir, int size_MB) throws InterruptedException {
        Istgt istgt = new Istgt(dir, size_MB);
        for (int i = 0; !istgt.begin(Daemon.freePort()); i++) {
            if (i == PORTS_TO_TRY) {
                throw new IllegalStateException("no port is free: " + istgt.daemon.said());
            }
        }
        return istgt;
    }

    public int port() {
        return port;
    }

    public String drive() {
        return url(0);
    }

    /** There is 0 alone. */
    public String url(int lun) {
        return "iscsi://127.0.0.1:" + port + "/" + NODE + ":" + NAME + "/" + lun;
    }

    public long pid() {
        return daemon.pid();
    }

    /** As a power cut would: {@code kill -9}. */
    public void kill() {
        daemon.kill();
    }

    /** After {@link #kill}: the same cartridge at the same port. */
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

    @Override
    public void close() {
        kill();
    }

    /** @return false if somebody else has one of the ports */
    private boolean begin(int at) throws InterruptedException {
        port = at;
        controlPort = Daemon.freePort();
        configure();
        // In the foreground; it writes nothing when it is ready.
        daemon = Daemon.start(dir.resolve("istgt.log"), wakeful(), List.of("istgt", "-D", "-c", dir.resolve("istgt.conf").toString()));
        boolean up = daemon.await(() -> Daemon.listens(port));
        Path blank = dir.resolve("blank");
        if (up && !Files.exists(blank)) {
            // It makes the first one itself, and can do nothing with a file that it has not made.
            copy(medium(FIRST), blank);
        }
        return up;
    }

    /** The file that is the cartridge. */
    public Path medium(String name) {
        return dir.resolve(name);
    }

    /**
     * A hand takes out what lies in the drive, and puts another cartridge in; that is blank if there was none of this name. The first one is called {@link #FIRST}.
     *
     * @return whether it could: not if the drive keeps its door shut
     */
    public boolean change(String name) throws InterruptedException {
        if (!Files.exists(medium(name))) {
            copy(dir.resolve("blank"), medium(name));
        }
        return Daemon.attempt(Map.of(), "istgtcontrol", "-c", dir.resolve("control.conf").toString(), "-h", "127.0.0.1", "-p", Integer.toString(controlPort), "-t",
                NODE + ":" + NAME, "change", medium(name).toString()) == null;
    }

    private static void copy(Path from, Path to) throws InterruptedException {
        Daemon.run(Map.of(), "cp", "--sparse=always", from.toString(), to.toString());
    }

    /** It sleeps for a second in each login, for nothing; where there is a compiler, that is a hundredth. */
    private Map<String, String> wakeful() throws InterruptedException {
        Path library = dir.resolve("wakeful.so");
        try {
            Path source = Files.writeString(dir.resolve("wakeful.c"), """
                    #include <unistd.h>
                    unsigned sleep(unsigned seconds) { usleep(seconds * 10000); return 0; }
                    """);
            boolean made = Files.exists(library)
                    || Daemon.attempt(Map.of(), "gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString()) == null;
            return made ? Map.of("LD_PRELOAD", library.toString()) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() {
        try {
            Files.writeString(dir.resolve("control.conf"), """
                    [Global]
                      Timeout 60
                      AuthMethod None
                      Lun 0
                      Flags "rw"
                      Size "auto"
                    """);
            Path secrets = dir.resolve("auth");
            Files.deleteIfExists(secrets);
            Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.deleteIfExists(dir.resolve("istgt.pid"));
            Files.writeString(dir.resolve("istgt.conf"), """
                    [Global]
                      NodeBase "%1$s"
                      PidFile %2$s/istgt.pid
                      AuthFile %2$s/auth
                      MediaDirectory %2$s
                      LogFacility "local7"
                      Timeout 30
                      NopInInterval 20
                      DiscoveryAuthMethod None
                      MaxSessions 16
                      MaxConnections 4
                      MaxR2T 32
                      MaxOutstandingR2T 16
                      DefaultTime2Wait 2
                      DefaultTime2Retain 60
                      FirstBurstLength 262144
                      MaxBurstLength 1048576
                      MaxRecvDataSegmentLength 262144
                      InitialR2T Yes
                      ImmediateData Yes
                      DataPDUInOrder Yes
                      DataSequenceInOrder Yes
                      ErrorRecoveryLevel 0
                    [UnitControl]
                      AuthMethod None
                      Portal UC1 127.0.0.1:%4$d
                      Netmask 127.0.0.1
                    [PortalGroup1]
                      Portal DA1 127.0.0.1:%3$d
                    [InitiatorGroup1]
                      InitiatorName "ALL"
                      Netmask 127.0.0.1
                    [LogicalUnit1]
                      TargetName %5$s
                      Mapping PortalGroup1 InitiatorGroup1
                      AuthMethod None
                      UnitType Tape
                      UnitOnline Yes
                      UnitInquiry "FreeBSD" "iSCSI TAPE" "0123" "10000001"
                      QueueDepth 0
                      LUN0 Removable rw %2$s/tape %6$dMB
                    """.formatted(NODE, dir, port, controlPort, NAME, size_MB));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
