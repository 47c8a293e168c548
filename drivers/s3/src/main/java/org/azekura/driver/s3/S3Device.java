package org.azekura.driver.s3;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

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

        @AttributeDefinition(name = "Access key", description = "Name of the access key. Empty to take key and secret from the environment (AWS_ACCESS_KEY_ID,"
                + " AWS_SECRET_ACCESS_KEY), or from the machine in Amazon's cloud that this runs on.")
        String accessKey() default "";

        @AttributeDefinition(name = "Secret", type = AttributeType.PASSWORD, description = "Secret of the access key. Empty if that is.")
        String secret() default "";

        @AttributeDefinition(name = "Bucket in the path", description = "Whether requests name the bucket in the path, as most services want it, and not in the host's name.")
        boolean pathStyle() default true;

        @AttributeDefinition(name = "Certificates", description = "Absolute path of a PEM file with the certificates that vouch for the endpoint, like /etc/ssl/s3-ca.pem."
                + " Empty for the public ones.")
        String ca() default "";
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
    public Space space() throws BackupException {
        return store().space();
    }

    @Override
    public void selfTest() throws BackupException {
        store().selfTest();
    }

    @Override
    public String location() {
        try {
            return Setup.check(settings).location();
        } catch (BackupException e) {
            return "s3://" + settings.bucket();
        }
    }

    @Override
    public Capabilities capabilities() {
        return S3Store.CAPABILITIES;
    }
}
