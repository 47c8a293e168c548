package org.azekura.kit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.azekura.api.BackupException;
import org.azekura.packages.DriverManifest;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.PublisherKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pack", description = {"Makes a driver package of a Maven module that was built: of the bundle in DIR/target, and of those in DIR/target/bundles if there are any.",
        "Name, version, licence, what it needs of the host and what it serves with are read from the bundle."},
        footer = {"", "Example:", "  azekura driver pack drivers/shelf --key ~/publisher.key"})
final class PackCommand implements Callable<Integer> {

    private static final Duration LIFE = Duration.ofDays(7300);

    private final Told told;

    @Parameters(paramLabel = "DIR", description = "The module's folder.")
    private Path dir;

    @ArgGroup(multiplicity = "1")
    private Vouched vouched;

    /** Who vouches for it. */
    private static final class Vouched {
        @Option(names = "--key", paramLabel = "KEY", description = "Your key; KEY.pub holds its certificates. \"azekura driver key\" makes one.")
        private Path key;

        @Option(names = "--unsigned", description = "Do not sign: for appliances in development mode.")
        private boolean unsigned;
    }

    @Option(names = "--to", paramLabel = "OUT", description = "Where the package goes (default: DIR/target/NAME-VERSION.azd); a file that is there is replaced.")
    private Path to;

    @Option(names = "--jar", paramLabel = "FILE", hidden = true, description = "The bundle, if it is not the one that the pom names.")
    private Path jar;

    @Option(names = "--make-key", paramLabel = "PUBLISHER", hidden = true, description = "Make the key if it is not there.")
    private String maker;

    @Option(names = "--alone", hidden = true, description = "Remove packages of other versions of it that lie beside: an earlier build has left them.")
    private boolean alone;

    @Option(names = "--quiet", hidden = true, description = "Say nothing if all is well.")
    private boolean quiet;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    PackCommand(Told told) {
        this.told = told;
    }

    @Override
    public Integer call() throws Exception {
        BuiltModule module = BuiltModule.find(dir, jar);
        Optional<PublisherKey> key = vouched.unsigned ? Optional.empty() : Optional.of(key());
        DriverManifest manifest = module.manifest(key.map(PublisherKey::publisher).orElse("unsigned"));
        Path file = to != null ? to : dir.resolve("target").resolve(manifest.fileName());
        module.addTo(PackageWriter.of(manifest)).write(file, key, false);
        if (alone) {
            removeOthers(manifest, file.toAbsolutePath());
        }
        key.ifPresent(publisher -> SignCommand.noteDate(told, publisher));
        if (json) {
            told.object(document -> {
                document.writeStringField("file", file.toString());
                document.writeStringField("name", manifest.name());
                document.writeStringField("version", manifest.version().toString());
                document.writeStringField("publisher", manifest.publisher());
            });
        } else if (!quiet) {
            told.line(file.toString());
        }
        return Exit.DONE;
    }

    private static void removeOthers(DriverManifest manifest, Path file) throws IOException {
        String version = "[0-9]+\\.[0-9]+\\.[0-9]+";
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(file.getParent(), manifest.name() + "-*.azd")) {
            for (Path other : beside) {
                if (!other.getFileName().equals(file.getFileName()) && other.getFileName().toString().matches(manifest.name() + "-" + version + "\\.azd")) {
                    Files.delete(other);
                }
            }
        }
    }

    private PublisherKey key() throws BackupException {
        if (maker != null && !Files.exists(vouched.key)) {
            try {
                return PublisherKey.make(vouched.key, maker, LIFE, Instant.now());
            } catch (BackupException e) {
                // Another module's build was faster; its key is whole.
                if (!e.failure().code().equals("key.exists")) {
                    throw e;
                }
            }
        }
        return PublisherKey.read(vouched.key);
    }
}
