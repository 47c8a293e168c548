package org.azekura.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.bench.meter.Program;
import org.azekura.bench.meter.Served;
import org.azekura.bench.meter.Service;
import org.azekura.testkit.s3.Radosgw;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a real S3 service on this machine, Ceph's; each repository has a prefix of its own. It speaks plain HTTP. */
public final class Cloud implements Ground {

    private static final Map<String, String> PACKAGES = Map.of("radosgw", "radosgw", "ceph-osd", "ceph-osd", "ceph-mon", "ceph-mon", "ceph", "ceph-common", "openssl", "openssl");
    private static final String BUCKET = "bench";

    private final Path folder;
    private final Program program;
    private final Radosgw server;
    private final S3Client owner;

    /** Starts it. @param folder new; all objects lie in it */
    public Cloud(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        program = new Program(folder, Map.of());
        server = Radosgw.start(folder);
        owner = S3Client.builder().endpointOverride(URI.create(server.endpoint())).region(Region.US_EAST_1).forcePathStyle(true).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(Radosgw.ACCESS_KEY, Radosgw.SECRET))).build();
        owner.createBucket(make -> make.bucket(BUCKET));
    }

    /** Debian packages that it lacks here. */
    public static List<String> missing() {
        return PACKAGES.keySet().stream().filter(each -> !Tools.installed(each)).map(PACKAGES::get).sorted().toList();
    }

    /** What it is, for the page. */
    public String version() throws IOException, InterruptedException {
        return program.run("radosgw", "--version").out().strip() + "; one object store without a second copy, by plain HTTP on this machine";
    }

    @Override
    public String restic(String name) {
        return "s3:" + server.endpoint() + "/" + BUCKET + "/" + name;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", Radosgw.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", Radosgw.SECRET);
    }

    @Override
    public List<String> pool(String name) {
        return List.of("--driver", "s3", "--set", "endpoint=" + server.endpoint(), "--set", "bucket=" + BUCKET, "--set", "prefix=" + name,
                "--set", "accessKey=" + Radosgw.ACCESS_KEY, "--set", "secret=" + Radosgw.SECRET);
    }

    @Override
    public long bytes(String name) throws IOException {
        try (Stream<S3Object> all = objects(name)) {
            return all.mapToLong(S3Object::size).sum();
        } catch (SdkException e) {
            throw new IOException("cannot list what lies in " + name + ": " + e.getMessage(), e);
        }
    }

    private Stream<S3Object> objects(String name) {
        return owner.listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(name + "/")).contents().stream();
    }

    @Override
    public void delete(String name) throws IOException {
        try (Stream<S3Object> all = objects(name)) {
            all.forEach(object -> owner.deleteObject(delete -> delete.bucket(BUCKET).key(object.key())));
        } catch (SdkException e) {
            throw new IOException("cannot delete what lies in " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Service used() throws IOException, InterruptedException {
        Served gateway = new Served(server.gateway());
        gateway.awaitQuiet();
        double store = 0;
        for (long each : server.below()) {
            Served process = new Served(each);
            process.awaitQuiet();
            store += seconds(process.processor());
        }
        JsonNode counted = new ObjectMapper().readTree(program.run("ceph", "--admin-daemon", server.socket().toString(), "perf", "dump", "rgw").out()).path("rgw");
        return new Service(seconds(gateway.processor()), store, counted.path("put_b").asLong(), counted.path("get_b").asLong(), counted.path("req").asLong());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    @Override
    public void close() throws IOException {
        owner.close();
        server.close();
        Folders.delete(folder);
    }
}
