package org.azekura.driver.sftp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
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

/** A folder of an SFTP server as a backup device. The server is not asked before the first call; settings that will not do are said at every call. */
@Component(name = "org.azekura.driver.sftp", service = BlobStore.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SftpDevice.Settings.class, factory = true)
public final class SftpDevice implements BlobStore {

    private final Settings settings;
    private volatile SftpStore store;
    private volatile boolean closed;

    @ObjectClassDefinition(name = "SFTP server", description = "Keeps backups as files in a folder of a server that can be reached by SFTP, like a rented storage box.")
    public @interface Settings {

        @AttributeDefinition(name = "Server", description = "Name or address of the server, like box.example.net.")
        String host();

        @AttributeDefinition(name = "Port", min = "1", max = "65535", description = "Port that the server listens on, 22 as a rule.")
        int port() default 22;

        @AttributeDefinition(name = "User", description = "Name to log in with, like backup.")
        String user();

        @AttributeDefinition(name = "Folder", description = "Path of a folder for the backups alone, like /srv/backup, or backups/azekura from where a login begins."
                + " It is made if the folder above it exists.")
        String path();

        @AttributeDefinition(name = "Host key", description = "Fingerprint of the server's host key, like SHA256: and 43 characters, or several of them."
                + " No other server is let near the backups; without it, the refusal says which key the server has, to be compared with what its operator says.")
        String hostKey() default "";

        @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, description = "Password of the user. Empty if there is a private key.")
        String password() default "";

        @AttributeDefinition(name = "Private key", type = AttributeType.PASSWORD, description = "Content of a file that ssh-keygen has made,"
                + " from -----BEGIN OPENSSH PRIVATE KEY----- on. Empty if there is a password.")
        String privateKey() default "";

        @AttributeDefinition(name = "Passphrase", type = AttributeType.PASSWORD, description = "What opens the private key. Empty if nothing closes it.")
        String passphrase() default "";

        @AttributeDefinition(name = "Connections", min = "1", max = "16", description = "Connections at the same time, 1 to 16. More than one helps where the way is long"
                + " and the server lets one have them.")
        int connections() default 2;

        @AttributeDefinition(name = "Time-out (s)", min = "1", max = "3600", description = "Seconds without an answer after which the connection is given up.")
        int timeout__s() default 60;
    }

    @Activate
    public SftpDevice(Settings settings) {
        this.settings = settings;
    }

    @Deactivate
    void close() {
        closed = true;
        SftpStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }

    private SftpStore store() throws BackupException {
        SftpStore opened = store;
        return opened != null ? opened : open();
    }

    private synchronized SftpStore open() throws BackupException {
        Setup setup = Setup.check(settings);
        if (closed) {
            throw SftpFault.closed(setup);
        }
        if (store == null) {
            store = new SftpStore(setup);
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
    public Space space() throws BackupException {
        return store().space();
    }

    @Override
    public String location() {
        try {
            return Setup.check(settings).location();
        } catch (BackupException e) {
            return "sftp://" + settings.host();
        }
    }

    @Override
    public Capabilities capabilities() {
        try {
            return store().capabilities();
        } catch (BackupException e) {
            return new Capabilities(false, true);
        }
    }

    /** Nothing as long as the server was not asked for anything. */
    @Override
    public Optional<Traffic> traffic() {
        SftpStore opened = store;
        return opened == null ? Optional.of(Traffic.NONE) : opened.traffic();
    }

    @Override
    public Terms terms() {
        return SftpStore.TERMS;
    }
}
