package org.azekura.driver.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Traffic;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A bucket as a backup device. Nothing is asked of the service before the first call; settings that will not do are said at every call. */
@Component(name = "org.azekura.driver.s3", service = BlobStore.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = S3Device.Settings.class, factory = true)
public final class S3Device implements BlobStore {

    private final Settings settings;
    private volatile S3Store store;
    private volatile boolean closed;

    @ObjectClassDefinition(name = "S3 bucket", description = "Keeps backups as objects in a bucket of Amazon S3, or of a service that speaks S3.")
    public @interface Settings {

        @AttributeDefinition(name = "Endpoint", description = "Address of the service, like https://s3.example.net:8443. Empty for Amazon's own of the region.")
        String endpoint() default "";

        @AttributeDefinition(name = "Region", description = "Region of the bucket, like eu-central-1. A service that has no regions takes us-east-1.")
        String region() default "us-east-1";

        @AttributeDefinition(name = "Bucket", description = "Name of the bucket, like backups. It must exist.")
        String bucket();

        @AttributeDefinition(name = "Prefix", description = "What the names of all objects begin with, like azekura/cellar; nobody else may use it. Empty for the whole bucket.")
        String prefix() default "";

        @AttributeDefinition(name = "Credentials", description = "Where access key and secret come from: keys, the two settings below; environment, the variables"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this process; machine, the role of the machine in Amazon's cloud that this runs on.",
                options = {@Option(label = "The two below", value = "keys"), @Option(label = "Environment", value = "environment"), @Option(label = "Machine's role", value = "machine")})
        String credentials() default "keys";

        @AttributeDefinition(name = "Access key", description = "Name of the access key, like AKIAEXAMPLE.")
        String accessKey() default "";

        @AttributeDefinition(name = "Secret", type = AttributeType.PASSWORD, description = "Secret of the access key.")
        String secret() default "";

        @AttributeDefinition(name = "Bucket in the path", description = "Whether requests name the bucket in the path, as most services want it, and not in the host's name.")
        boolean pathStyle() default true;

        @AttributeDefinition(name = "Certificates", description = "Absolute path of a PEM file with the certificates that vouch for the endpoint, like /etc/ssl/s3-ca.pem."
                + " Empty for the public ones.")
        String ca() default "";

        @AttributeDefinition(name = "Object Lock", description = "Whether the bucket was made with Object Lock: then backups in it can be locked.")
        boolean objectLock() default false;

        @AttributeDefinition(name = "Storage class", description = "Class of all objects, like STANDARD_IA; it must be one that is read at once. Empty for the bucket's own.")
        String storageClass() default "";

        @AttributeDefinition(name = "Storage class of packs", description = "Class of packs that are longer than 16 MiB, like DEEP_ARCHIVE. Labels, manifests, checkpoints and"
                + " short packs stay in the class above. Empty for the same.")
        String packsClass() default "";

        @AttributeDefinition(name = "Least days of packs", min = "-1", description = "Days for which a pack in the class of packs is billed at least, however soon it is deleted; so long no prune"
                + " deletes it, unless it is told to. -1 for those of Amazon's class: 90 of GLACIER, 180 of DEEP_ARCHIVE; 0 for none.")
        int packsLeast__days() default -1;

        @AttributeDefinition(name = "Upload limit (KiB/s)", min = "0", description = "KiB a second that are sent at most, over all jobs; 0 for no limit.")
        int upload__KiBps() default 0;

        @AttributeDefinition(name = "Download limit (KiB/s)", min = "0", description = "KiB a second that are read at most; 0 for no limit.")
        int download__KiBps() default 0;

        @AttributeDefinition(name = "Requests a second", min = "0", description = "Requests a second at most; 0 for no limit.")
        int requests__ps() default 0;

        @AttributeDefinition(name = "Price of a GiB read", min = "0", description = "What a GiB costs that leaves the service, in your currency, like 0.09; 0 if nothing.")
        double price__GiB() default 0;

        @AttributeDefinition(name = "Price of 1000 reads", min = "0", description = "What a thousand requests to read cost, like 0.0004; 0 if nothing.")
        double price__kReads() default 0;

        @AttributeDefinition(name = "Price of 1000 writes", min = "0", description = "What a thousand requests cost that put or list, like 0.005; 0 if nothing.")
        double price__kWrites() default 0;

        @AttributeDefinition(name = "Prices of retrieval", description = "For an archive class of packs: each tier, its price for a GiB and for a thousand objects, like"
                + " Bulk 0.0025 0.025, Standard 0.01 0.05; behind them how long it takes at most, where that is another time than Amazon's: Standard 0.01 0.05 24h. Empty if unknown.")
        String retrievalPrices() default "";
    }

    @Activate
    public S3Device(Settings settings) {
        this.settings = settings;
    }

    @Deactivate
    void close() {
        closed = true;
        S3Store opened = store;
        if (opened != null) {
            opened.close();
        }
    }

    private S3Store store() throws BackupException {
        S3Store opened = store;
        return opened != null ? opened : open();
    }

    private synchronized S3Store open() throws BackupException {
        Setup setup = Setup.check(settings);
        if (closed) {
            throw S3Fault.closed(setup);
        }
        if (store == null) {
            store = new S3Store(setup);
        }
        if (closed) {
            store.close();
        }
        return store;
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        return store().create(key);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        return store().replace(key);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        return store().read(key, offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        return store().size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        store().list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        store().delete(key);
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        store().extend(key, lock);
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        return store().lock(key);
    }

    @Override
    public Readiness readiness(String key) throws BackupException {
        return store().readiness(key);
    }

    @Override
    public Map<String, Readiness> survey(Collection<String> keys) throws BackupException {
        return store().survey(keys);
    }

    @Override
    public List<RetrievalTier> tiers() {
        return checked().map(setup -> setup.prices().tiers()).orElseGet(List::of);
    }

    @Override
    public void retrieve(String key, String tier, Duration keep) throws BackupException {
        store().retrieve(key, tier, keep);
    }

    @Override
    public Terms terms() {
        return checked().map(setup -> setup.prices().terms(setup.limits())).orElse(new Terms(Terms.Medium.CLOUD, Duration.ZERO, -1, 0, 0));
    }

    /** Nothing as long as the service was not asked for anything. */
    @Override
    public Optional<Traffic> traffic() {
        S3Store opened = store;
        return opened == null ? Optional.of(Traffic.NONE) : opened.traffic();
    }

    /** Empty if a setting will not do. */
    private Optional<Setup> checked() {
        try {
            return Optional.of(Setup.check(settings));
        } catch (BackupException e) {
            return Optional.empty();
        }
    }

    @Override
    public Space space() throws BackupException {
        return store().space();
    }

    @Override
    public Optional<String> place() throws BackupException {
        return store().place();
    }

    @Override
    public void selfTest() throws BackupException {
        store().selfTest();
    }

    @Override
    public String location() {
        return checked().map(Setup::location).orElseGet(() -> "s3://" + settings.bucket());
    }

    @Override
    public Capabilities capabilities() {
        return S3Store.capabilities(settings.objectLock());
    }
}
