package org.azekura.driver.disk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A directory as a backup device. It touches the disk at the first call, not at activation: a path that will not do, or a
 * mount that hangs, meets the caller under its time-out, and every call says why until the path will do.
 */
@Component(name = "org.azekura.driver.disk", service = BlobStore.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DiskDevice.Settings.class, factory = true)
public final class DiskDevice implements BlobStore {

    private final String path;
    private volatile DiskStore store;
    private volatile boolean closed;

    @ObjectClassDefinition(name = "Directory", description = "Keeps backups as files in a folder of a disk, a RAID or a mounted file share.")
    public @interface Settings {

        @AttributeDefinition(name = "Folder", description = "Absolute path of the folder that holds the backups, like /srv/backup."
                + " It is made if the folder above it exists. Its file system needs hard links (ext4, XFS, Btrfs, ZFS, NFS).")
        String path();
    }

    @Activate
    public DiskDevice(Settings settings) {
        path = settings.path();
    }

    @Deactivate
    void close() {
        closed = true;
        DiskStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }

    private DiskStore store() throws BackupException {
        DiskStore opened = store;
        return opened != null ? opened : open();
    }

    /** Takes the lock that {@link #close} must not wait for: a mount that hangs would hang whoever stops this bundle. */
    private synchronized DiskStore open() throws BackupException {
        RootFolder root = RootFolder.check(path);
        if (store == null && !closed) {
            root.make();
            store = new DiskStore(root.path());
        }
        if (closed) {
            throw DiskFault.closed(root.path());
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
    public Optional<String> place() throws BackupException {
        return store().place();
    }

    @Override
    public void remake(String place) throws BackupException {
        store().remake(place);
    }

    @Override
    public Space space() throws BackupException {
        return store().space();
    }

    @Override
    public String location() {
        return String.valueOf(path);
    }

    @Override
    public Capabilities capabilities() {
        return DiskStore.CAPABILITIES;
    }
}
