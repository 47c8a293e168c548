package org.azekura.kit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.azekura.packages.PackageWriter;
import org.azekura.packages.PublisherKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sign", description = {"Signs a package in place of whoever signed it before. Its entries stay as they are; their list is made anew.",
        "A package that no appliance would take is refused."},
        footer = {"", "Example:", "  azekura driver sign shelf-1.0.0.azd --key ~/publisher.key --to signed/shelf-1.0.0.azd"})
final class SignCommand implements Callable<Integer> {

    private final Told told;

    @Parameters(paramLabel = "FILE", description = "The package; it stays as it is.")
    private Path file;

    @Option(names = "--key", paramLabel = "KEY", required = true, description = "Your key; KEY.pub holds its certificates.")
    private Path key;

    @Option(names = "--to", paramLabel = "OUT", required = true, description = "Where the signed package goes; a file that is there is replaced.")
    private Path to;

    @Option(names = "--anyway", description = "Sign it also if no appliance would take it: for tests of that.")
    private boolean anyway;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    SignCommand(Told told) {
        this.told = told;
    }

    @Override
    public Integer call() throws Exception {
        PublisherKey publisher = PublisherKey.read(key);
        PackageWriter.again(file).write(to, Optional.of(publisher), anyway);
        noteDate(told, publisher);
        if (json) {
            told.object(document -> {
                document.writeStringField("file", to.toString());
                document.writeStringField("publisher", publisher.publisher());
            });
        } else {
            told.line(to.toString());
        }
        return Exit.DONE;
    }

    static void noteDate(Told told, PublisherKey publisher) {
        if (!publisher.isValidAt(Instant.now())) {
            told.note("the certificate of \"" + publisher.publisher() + "\" is not in date (" + publisher.certificates().getFirst().getNotBefore().toInstant() + " to "
                    + publisher.certificates().getFirst().getNotAfter().toInstant() + "); appliances will refuse this package");
        }
    }
}
