package org.azekura.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.command.FreshFile;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Passphrase;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura key …} */
@Command(name = "key", description = "Keys of pools.", footer = {"", "Example:", "  azekura key export --pool default --to default.key"})
public final class KeyCommands extends Group {

    private final Root root;

    private KeyCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new KeyCommands(root)).addSubcommand("recipient", new RecipientCommands(root));
    }

    @Command(name = "export", description = {"Writes the recovery file of a pool: what is needed to read its media without this appliance.",
            "It is secret: keep it off this machine, and not beside the media. A passphrase (typed, or AZEKURA_PASSPHRASE) protects it.",
            "--sheet writes a page to print, with the key as text and as a QR code; a scan of it can be imported."},
            footer = {"", "Example:", "  azekura key export --pool default --to /media/usb/default.key --sheet default.pdf"})
    int export(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "Whose key.") String pool,
            @Option(names = "--to", paramLabel = "FILE", description = "A new file; readable by its owner only.") Path file,
            @Option(names = "--sheet", paramLabel = "FILE", description = "A new .pdf or .png, to print.") Path sheet,
            @Option(names = "--unprotected", description = "Without a passphrase; don't ask for one.") boolean unprotected) {
        if (file == null && sheet == null) {
            throw CommandFailure.usage("give --to FILE, --sheet FILE or both");
        }
        if (file != null && file.toString().equals("-")) {
            throw CommandFailure.usage("--to takes a file, like /media/usb/default.key: the recovery file is secret and is not printed");
        }
        try (FreshFile fresh = file == null ? null : FreshFile.beside(file); FreshFile page = KeyFiles.freshSheet(sheet)) {
            char[] passphrase = unprotected ? null : Passphrase.choose(root);
            String text = root.rest().postForText("pools/" + Rest.encode(pool) + "/recovery");
            if (passphrase != null || page != null) {
                RecoveryFile plain = KeyFiles.checked(() -> RecoveryFile.parse(text));
                RecoveryFile made = passphrase == null ? plain : plain.protectedBy(passphrase);
                publish(fresh, KeyFiles.bytes(made.text()));
                publish(page, page == null ? null : KeyFiles.sheet(sheet, made));
            } else {
                publish(fresh, KeyFiles.bytes(text));
            }
            warn(passphrase, unprotected);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + (file == null ? sheet : file) + ": " + e, e);
        }
        told(Json.object().put("pool", pool), file, sheet, "the recovery file of pool " + pool);
        return Exit.DONE;
    }

    private static void publish(FreshFile file, byte[] content) throws IOException {
        if (file != null) {
            file.publish(content);
        }
    }

    private void warn(char[] passphrase, boolean wanted) {
        if (passphrase == null && !wanted) {
            root.terminal().warn("the key is not protected by a passphrase: whoever reads the file can read the backups; set AZEKURA_PASSPHRASE to"
                    + " protect it");
        }
    }

    private void told(ObjectNode answer, Path file, Path sheet, String what) {
        if (root.json()) {
            answer.put("file", file == null ? null : file.toAbsolutePath().toString());
            if (sheet != null) {
                answer.put("sheet", sheet.toAbsolutePath().toString());
            }
            root.document(answer);
            return;
        }
        if (file != null) {
            root.out().println(what + " is " + file + "; keep it off this machine");
        }
        if (sheet != null) {
            root.out().println("the sheet to print is " + sheet + "; delete it when it is printed");
        }
    }

    @Command(name = "generate", description = {"Makes an owner's key on this host, without an appliance: FILE is secret, FILE.pub is not.",
            "With FILE.pub its holder becomes a recipient of pools, or the only one who can read a sealed pool."},
            footer = {"", "Example:", "  azekura key generate --to owner.key --name \"Ann's safe\"",
                    "  azekura pool create vault --driver disk --set path=/mnt/vault --sealed --recipient owner.key.pub"})
    int generate(@Option(names = "--to", required = true, paramLabel = "FILE", description = "A new file; readable by its owner only.") Path file,
            @Option(names = "--name", paramLabel = "TEXT", defaultValue = "owner", description = "What people call the key (default: owner).") String name,
            @Option(names = "--sheet", paramLabel = "FILE", description = "A new .pdf or .png, to print.") Path sheet,
            @Option(names = "--unprotected", description = "Without a passphrase; don't ask for one.") boolean unprotected) {
        RecipientKey key = RecipientKey.generate();
        Recipient recipient;
        try {
            recipient = Recipient.of(name, key);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
        Path shown = file.resolveSibling(file.getFileName() + ".pub");
        try (FreshFile fresh = FreshFile.beside(file); FreshFile open = FreshFile.beside(shown); FreshFile page = KeyFiles.freshSheet(sheet)) {
            char[] passphrase = unprotected ? null : Passphrase.choose(root);
            RecoveryFile made = passphrase == null ? RecoveryFile.owner(key) : RecoveryFile.owner(key).protectedBy(passphrase);
            open.publish(KeyFiles.bytes(recipient.text()));
            fresh.publish(KeyFiles.bytes(made.text()));
            publish(page, page == null ? null : KeyFiles.sheet(sheet, made));
            warn(passphrase, unprotected);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + file + ": " + e, e);
        }
        told(Json.object().put("key", recipient.id()).put("publicKey", shown.toAbsolutePath().toString()), file, sheet,
                "key " + recipient + ", public in " + shown + ",");
        return Exit.DONE;
    }

    @Command(name = "import", description = {"Gives the appliance the key in a recovery file, an owner's key or what a sheet's code says, so that it can restore.",
            "Asks for the passphrase, if it has one (or AZEKURA_PASSPHRASE)."},
            footer = {"", "Example:", "  azekura key import /media/usb/default.key"})
    int take(@Parameters(paramLabel = "FILE", description = "Of the key.") Path file,
            @Option(names = "--pool", paramLabel = "POOL", description = "Only for this pool; default: every pool that the key opens.") String pool) {
        RecoveryFile recovery = KeyFiles.checked(() -> RecoveryFile.parse(KeyFiles.read(file)));
        RecipientKey key = KeyFiles.open(root, recovery);
        ObjectNode order = Json.object().put("pool", pool)
                .put("recovery", KeyFiles.checked(() -> recovery.opened(key)).sheetLines());
        JsonNode answer = root.rest().post("keys", order);
        if (root.json()) {
            root.document(answer);
            return Exit.DONE;
        }
        List<String> pools = new ArrayList<>();
        answer.path("pools").forEach(name -> pools.add(name.asText()));
        root.out().println("key " + recovery.keyId() + " is here: pool " + String.join(", ", pools) + " can be browsed and restored");
        return Exit.DONE;
    }

    @Command(name = "seal", description = {"Takes the key of a pool away from the appliance: it goes on to save there, but can't browse or restore until the",
            "key is imported again. The key must have been exported."}, footer = {"", "Example:", "  azekura key seal --pool default"})
    int seal(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "Whose key.") String pool) {
        JsonNode state = root.rest().post("pools/" + Rest.encode(pool) + "/seal", null);
        if (root.json()) {
            root.document(RecipientCommands.without(state));
        } else {
            root.out().println("pool " + pool + " is sealed; to restore from it: azekura key import FILE");
        }
        return Exit.DONE;
    }
}
