package org.azekura.installer;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.DriverPackage;
import org.azekura.packages.UnpackedFolder;
import org.osgi.framework.Version;

/** Packages as {@link DriverPackage} reads them. */
final class SignedPackages implements Admission {

    private final InstantSource clock = InstantSource.system();

    @Override
    public Candidate look(Path file) throws BackupException {
        return new Read(DriverPackage.open(file));
    }

    @Override
    public String contentId(Path folder) throws BackupException {
        return UnpackedFolder.contentId(folder);
    }

    @Override
    public String missing(Path folder, Map<String, String> offered) throws BackupException {
        return UnpackedFolder.manifest(folder).missing(offered, "there");
    }

    private final class Read implements Candidate {

        private final DriverPackage read;
        private final DriverManifest manifest;

        Read(DriverPackage read) {
            this.read = read;
            this.manifest = read.manifest();
        }

        @Override
        public String name() {
            return manifest.name();
        }

        @Override
        public Version version() {
            return new Version(manifest.version().major(), manifest.version().minor(), manifest.version().micro());
        }

        @Override
        public Kind kind() {
            return switch (manifest.kind()) {
                case DEVICE -> Kind.DEVICE;
                case TRANSPORT -> Kind.TRANSPORT;
                case CATALOG -> Kind.CATALOG;
            };
        }

        @Override
        public List<String> bundles() {
            return manifest.bundles();
        }

        @Override
        public String contentId() {
            return read.contentId();
        }

        @Override
        public String verified(PublisherTrust trust) throws BackupException {
            return read.verified(trust, clock.instant());
        }

        @Override
        public void requireServed(Map<String, String> exported) throws BackupException {
            read.requireServed(exported);
        }

        @Override
        public void extractTo(Path folder) throws BackupException {
            read.extractTo(folder);
        }
    }
}
