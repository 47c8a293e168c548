package org.azekura.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.azekura.api.BackupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "new", description = {"Makes a Maven module with a small device driver that keeps its contract: the beginning of yours.",
        "In a checkout it becomes drivers/NAME and is built with the others; elsewhere, or with --to, a module that builds by itself."},
        footer = {"", "Example:", "  azekura driver new shelf"})
final class NewCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,30}");

    private final Told told;

    @Parameters(paramLabel = "NAME", description = "Of the driver: what \"pool create --driver NAME\" takes.")
    private String name;

    @Option(names = "--to", paramLabel = "DIR", description = "The folder of a module that builds by itself; it must be new or empty.")
    private Path to;

    @Option(names = "--checkout", paramLabel = "DIR", hidden = true, description = "The checkout; the script gives it.")
    private Path checkout;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    NewCommand(Told told) {
        this.told = told;
    }

    @Override
    public Integer call() throws Exception {
        if (!NAME.matcher(name).matches() || SourceVersion.isKeyword(name)) {
            throw BackupException.operator("module.name", name, "the name of a new driver is a small letter, then small letters and digits, up to 31, like \"shelf\"; not \""
                    + name + "\"");
        }
        boolean inside = to == null && checkout != null;
        Path module = inside ? checkout.resolve("drivers").resolve(name) : to != null ? to : Path.of(name);
        if (Files.exists(module) && !isEmptyFolder(module)) {
            throw BackupException.operator("module.exists", module.toString(), module + " is there already; choose another name, or another folder by --to");
        }
        Template template = new Template(name);
        if (inside) {
            template.writeInto(module, checkout.resolve("pom.xml"));
        } else {
            template.writeAlone(module);
        }
        tell(module, inside);
        return Exit.DONE;
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private void tell(Path module, boolean inside) throws IOException {
        if (json) {
            told.object(document -> document.writeStringField("module", module.toString()));
            return;
        }
        told.line(module.toString());
        told.line("");
        if (inside) {
            told.line("build and test it:   azekura check drivers/" + name);
            told.line("its package:         " + module + "/target/" + name + "-" + Template.version() + ".azd, signed by this checkout's publisher");
        } else {
            // Maven would take whatever Java comes first.
            told.line("build and test it:   JAVA_HOME=" + System.getProperty("java.home") + " mvn -f " + module + "/pom.xml clean package");
            told.line("make a package:      azekura driver pack " + module + " --key KEY");
        }
        told.line("try your own device: azekura driver test PACKAGE --set path=DIR");
    }
}
