package org.azekura.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.azekura.api.BackupException;
import org.azekura.packages.PublisherKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "key", description = {"Makes the key that a publisher signs packages with, and its certificate.",
        "FILE is the private key: keep it to yourself. FILE.pub is the certificate: who runs \"azekura driver trust add FILE.pub\" takes your packages."},
        footer = {"", "Example:", "  azekura driver key ~/publisher.key --name \"Fine Drivers\""})
final class KeyCommand implements Callable<Integer> {

    private static final int MAX_DAYS = 36_500;

    private final Told told;

    @Parameters(paramLabel = "FILE", description = "Where the key goes; neither file may be there.")
    private Path file;

    @Option(names = "--name", paramLabel = "PUBLISHER", description = "What others know you by (default: your user name).")
    private String name = System.getProperty("user.name");

    @Option(names = "--days", paramLabel = "N", defaultValue = "7300", description = "How long packages with this signature can be installed (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--by", paramLabel = "KEY", description = "Another publisher's key that certifies the new one: who trusts that publisher trusts it.")
    private Path by;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    KeyCommand(Told told) {
        this.told = told;
    }

    @Override
    public Integer call() throws Exception {
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("--days takes 1 to " + MAX_DAYS + ", not " + days);
        }
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("--name takes 1 to 100 characters, like \"Fine Drivers\"");
        }
        make();
        Path certificate = PublisherKey.certificateFile(file);
        if (json) {
            told.object(document -> {
                document.writeStringField("key", file.toString());
                document.writeStringField("certificate", certificate.toString());
                document.writeStringField("publisher", name);
            });
        } else {
            told.line("key          " + file + "  (keep it to yourself)");
            told.line("certificate  " + certificate + "  (azekura driver trust add " + certificate + ")");
        }
        return Exit.DONE;
    }

    private void make() throws BackupException {
        Duration life = Duration.ofDays(days);
        if (by == null) {
            PublisherKey.make(file, name, life, Instant.now());
        } else {
            PublisherKey.read(by).certify(file, name, life, Instant.now());
        }
    }
}
