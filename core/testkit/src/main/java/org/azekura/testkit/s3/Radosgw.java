package org.azekura.testkit.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.testkit.Daemon;

/**
 * Ceph on this machine alone: a monitor, one store, and {@code radosgw}, which speaks S3 before it. Knows signatures, conditions, multipart uploads, versions and
 * Object Lock; takes 8 s and some 300 MB to start. Not thread-safe.
 *
 * <p>It looks at no {@code x-amz-checksum-*}, and has no archive: {@link ArchiveFront} gives it one.
 */
public final class Radosgw implements AutoCloseable {

    /** Whose buckets are made here, and nobody else is known. */
    public static final String ACCESS_KEY = "AZTEST";
    public static final String SECRET = "AZSECRET123";
    /** The name that it has by TLS, which nobody resolves; a bucket may be named before it, as {@code backups.s3.test}. */
    public static final String NAME = "s3.test";

    private static final int PORTS_TO_TRY = 10;

    private final Path dir;
    private final List<Daemon> below = new ArrayList<>();
    private final int port;
    private final int securePort;
    private Daemon gateway;

    private Radosgw(Path dir) {
        this.dir = dir.toAbsolutePath();
        this.port = Daemon.freePort();
        this.securePort = Daemon.freePort();
    }

    /** Skips the test, loudly, if it can't run here. */
    public static void assumeUsable() {
        for (String program : List.of("radosgw", "ceph-osd", "ceph-mon", "ceph")) {
            Daemon.assume("what needs Ceph's S3", "/usr/bin/" + program, program.equals("ceph") ? "ceph-common" : program);
        }
        Daemon.assume("what needs Ceph's S3", "/usr/bin/openssl", "openssl");
    }

    /** @param dir exists, belongs to this one alone, and keeps all objects */
    public static Radosgw start(Path dir) throws InterruptedException {
        Radosgw made = new Radosgw(dir);
        try {
            made.begin();
            return made;
        } catch (RuntimeException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The same by TLS, at this port of loopback alone. Its certificate, for {@link #NAME} and what is before it, is signed by {@link #authority}. */
    public int securePort() {
        return securePort;
    }

    /** Certificate of an authority that nobody else knows, as PEM. */
    public Path authority() {
        return dir.resolve("authority.pem");
    }

    /** Knows a storage class more from here on, in which objects lie as in any other; what speaks S3 is started anew for it. */
    public void add(String storageClass) throws InterruptedException {
        ceph("radosgw-admin", "zonegroup", "placement", "add", "--rgw-zonegroup=default", "--placement-id=default-placement", "--storage-class=" + storageClass);
        ceph("radosgw-admin", "zone", "placement", "add", "--rgw-zone=default", "--placement-id=default-placement", "--storage-class=" + storageClass,
                "--data-pool=default.rgw.buckets.data");
        kill();
        restart();
    }

    /** Process of what speaks S3. */
    public long gateway() {
        return gateway.pid();
    }

    /** Processes of what keeps the objects. */
    public List<Long> below() {
        return below.stream().map(Daemon::pid).toList();
    }

    /** Where what speaks S3 answers {@code ceph --admin-daemon}: what it has counted, among others. */
    public Path socket() {
        return dir.resolve("run/client.rgw.a.asok");
    }

    /**
     * What it has counted since it was started.
     *
     * @param requests all of them, whatever became of them
     * @param bytesIn  of objects and parts of them
     * @param bytesOut of objects; of each read it leaves the last byte out (RGWGetObj::execute)
     */
    public record Counted(long requests, long bytesIn, long bytesOut) {}

    /** By its admin socket, which is no request. */
    public Counted counted() throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(socket())); InputStream in = Channels.newInputStream(socket)) {
            socket.write(ByteBuffer.wrap("{\"prefix\": \"perf dump\", \"logger\": \"rgw\"}\0".getBytes(UTF_8)));
            String said = new String(in.readNBytes(ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).getInt()), UTF_8);
            return new Counted(number(said, "req"), number(said, "put_b"), number(said, "get_b"));
        }
    }

    private static long number(String said, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": *([0-9]+)").matcher(said);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + said);
        }
        return Long.parseLong(found.group(1));
    }

    /** As a power cut would: {@code kill -9} of what speaks S3; what it has said yes to is below it. */
    public void kill() {
        gateway.kill();
    }

    /** After {@link #kill}: the same objects at the same address. */
    public void restart() throws InterruptedException {
        gateway = daemon("radosgw", "-n", "client.rgw.a");
        if (!gateway.await(() -> Daemon.listens(port))) {
            throw new IllegalStateException("radosgw does not start: " + gateway.said());
        }
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.kill();
        }
        below.reversed().forEach(Daemon::kill);
    }

    private void begin() throws InterruptedException {
        certify();
        for (int i = 0; !monitor(Daemon.freePort()); i++) {
            if (i == PORTS_TO_TRY) {
                throw new IllegalStateException("no monitor of Ceph starts: " + below.getLast().said());
            }
        }
        String store = UUID.randomUUID().toString();
        ceph("ceph", "osd", "create", store);
        ceph("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
        ceph("ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=h");
        below.add(daemon("ceph-osd", "-i", "0"));
        restart();
        ceph("radosgw-admin", "user", "create", "--uid=t", "--display-name=t", "--access-key=" + ACCESS_KEY, "--secret-key=" + SECRET);
    }

    private void certify() throws InterruptedException {
        String[] key = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"};
        certificate("authority", "/CN=authority of a test", key);
        certificate("gateway", "/CN=" + NAME, Stream.concat(Stream.of(key), Stream.of("-addext", "subjectAltName=DNS:" + NAME + ",DNS:*." + NAME, "-CA", authority().toString(),
                "-CAkey", dir.resolve("authority.key").toString())).toArray(String[]::new));
    }

    private void certificate(String file, String subject, String... more) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-subj", subject, "-keyout", dir.resolve(file + ".key").toString(), "-out",
                dir.resolve(file + ".pem").toString()));
        command.addAll(List.of(more));
        Daemon.run(Map.of(), command.toArray(String[]::new));
    }

    /** @return false if somebody else has the port */
    private boolean monitor(int at) throws InterruptedException {
        Daemon.run(Map.of(), "rm", "-rf", dir.resolve("mon").toString(), dir.resolve("monmap").toString(), dir.resolve("keyring").toString());
        write(at);
        key("mon.", "mon", "*");
        key("client.admin", "mon", "*", "osd", "*", "mgr", "*");
        key("osd.0", "mon", "profile osd", "osd", "*", "mgr", "profile osd");
        key("client.rgw.a", "mon", "*", "osd", "*");
        Daemon.run(Map.of(), "monmaptool", "--create", "--fsid", UUID.randomUUID().toString(), "--addv", "a", "[v2:127.0.0.1:" + at + "]", dir.resolve("monmap").toString());
        ceph("ceph-mon", "--mkfs", "-i", "a", "--monmap", dir.resolve("monmap").toString());
        Daemon monitor = daemon("ceph-mon", "-i", "a");
        below.add(monitor);
        return monitor.await(() -> Daemon.listens(at));
    }

    /** Takes what it does out of the way of others: small, in the foreground, no second copy, and with no wait where more of it would be worth one. */
    private void write(int monitor) {
        try {
            for (String folder : List.of("mon", "osd", "rgw", "run")) {
                Files.createDirectories(dir.resolve(folder));
            }
            Files.writeString(dir.resolve("ceph.conf"), """
                    [global]
                    mon_initial_members = a
                    mon_host = v2:127.0.0.1:%2$d/0
                    public_addr = 127.0.0.1
                    cluster_addr = 127.0.0.1
                    ms_bind_ipv6 = false
                    keyring = %1$s/keyring
                    run_dir = %1$s/run
                    log_file = %1$s/$name.log
                    admin_socket = %1$s/run/$name.asok
                    mon_data = %1$s/mon
                    osd_data = %1$s/osd
                    mon_allow_pool_size_one = true
                    mon_max_pg_per_osd = 1000
                    mon_data_avail_crit = 1
                    mon_data_avail_warn = 2
                    paxos_propose_interval = 0.05
                    paxos_min_wait = 0.01
                    osd_pool_default_size = 1
                    osd_pool_default_min_size = 1
                    osd_pool_default_pg_num = 1
                    osd_pool_default_pg_autoscale_mode = off
                    osd_crush_chooseleaf_type = 0
                    [osd]
                    osd_class_load_list = *
                    osd_class_default_list = *
                    bluestore_block_size = 8589934592
                    bluestore_fsck_on_mkfs = false
                    bluestore_fsck_on_mount = false
                    [client.rgw.a]
                    rgw_frontends = beast endpoint=127.0.0.1:%3$d ssl_endpoint=127.0.0.1:%4$d ssl_certificate=%1$s/gateway.pem ssl_private_key=%1$s/gateway.key
                    rgw_dns_name = %5$s
                    rgw_data = %1$s/rgw
                    rgw_enable_ops_log = false
                    rgw_gc_obj_min_wait = 5
                    rgw_gc_processor_period = 5
                    """.formatted(dir, monitor, port, securePort, NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param caps pairs of a service and what this one may of it */
    private void key(String who, String... caps) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ceph-authtool", dir.resolve("keyring").toString()));
        if (!Files.exists(dir.resolve("keyring"))) {
            command.add("--create-keyring");
        }
        command.addAll(List.of("--gen-key", "-n", who));
        for (int i = 0; i < caps.length; i += 2) {
            command.addAll(List.of("--cap", caps[i], "allow " + caps[i + 1]));
        }
        Daemon.run(Map.of(), command.toArray(String[]::new));
    }

    private void ceph(String... command) throws InterruptedException {
        Daemon.run(Map.of(), configured(command).toArray(String[]::new));
    }

    private Daemon daemon(String... command) {
        List<String> all = configured(command);
        all.add("-f");
        return Daemon.start(dir.resolve(command[0] + ".out"), Map.of(), all);
    }

    private List<String> configured(String... command) {
        List<String> all = new ArrayList<>(List.of(command[0], "-c", dir.resolve("ceph.conf").toString()));
        all.addAll(Arrays.asList(command).subList(1, command.length));
        return all;
    }
}
