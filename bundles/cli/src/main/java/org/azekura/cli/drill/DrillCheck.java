package org.azekura.cli.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Pin;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura drill check}: needs no appliance. */
@Command(name = "check", description = {"Checks a report and its signature beside it, and says who signed it. No appliance is asked.",
    "Whoever makes an authority of his own can sign a report, too: compare the fingerprint, or give the one of your appliance with --fingerprint (\"azekura client enrol\" and the console show it)."},
    footer = {"", "Example:", "  azekura drill check drill-42.html"})
final class DrillCheck implements Callable<Integer> {

    private static final long MAX_BYTES = 64L << 20;

    private final Root root;

    @Parameters(paramLabel = "FILE", description = "The report.")
    private Path file;

    DrillCheck(Root root) {
        this.root = root;
    }

    /** Where the signature of a report is. */
    static Path signature(Path report) {
        return report.resolveSibling(report.getFileName() + ".p7s");
    }

    @Override
    public Integer call() {
        ReportSignature.Signer signer = ReportSignature.check(file.toString(), read(file), new String(read(signature(file)), StandardCharsets.US_ASCII));
        if (root.fingerprint() != null && !Pin.fingerprint(root.fingerprint()).sha256().equals(signer.fingerprint())) {
            throw new CommandFailure(Exit.REFUSED, file + " is not signed by the authority that was asked for: the one that signed it, " + signer.authority()
                    + ", has the fingerprint " + signer.fingerprint(), null);
        }
        if (root.json()) {
            root.document(Json.object().put("report", file.toString()).put("authority", signer.authority()).put("fingerprint", signer.fingerprint())
                    .put("signed", signer.at().toString()).put("expected", root.fingerprint() != null));
        } else {
            root.out().println(file + " is as it was signed at " + signer.at() + " by " + signer.authority());
            root.out().println("fingerprint " + signer.fingerprint() + (root.fingerprint() != null ? ", as was asked for" : "; compare it with that of your appliance"));
        }
        return Exit.DONE;
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandFailure.failed(file + " is no report: it has " + Files.size(file) + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Exit.FAILED, "there is no file " + file + "; a report and its signature lie side by side, as FILE and FILE.p7s", e);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot read " + file + ": " + e, e);
        }
    }
}
