package org.azekura.cli.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.cli.command.FreshFile;
import org.azekura.cli.command.Passphrase;
import org.azekura.cli.command.Root;
import org.azekura.cli.sheet.PdfPage;
import org.azekura.cli.sheet.PngImage;
import org.azekura.cli.sheet.RecoverySheet;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;

/** Files of keys, read and written on this host. */
public final class KeyFiles {

    private KeyFiles() {}

    /** Something that finds fault with a key or a file. */
    interface Work<T> {
        T done() throws BackupException;
    }

    /** What a wrong key is refused with, others fail with. */
    static <T> T checked(Work<T> work) {
        try {
            return work.done();
        } catch (BackupException e) {
            throw new CommandFailure(e.failure().code().equals("key.wrong") ? Exit.REFUSED : Exit.FAILED, e.getMessage(), e);
        }
    }

    public static String read(Path file) {
        try {
            if (Files.size(file) > RecoveryFile.MAX_CHARS) {
                throw CommandFailure.failed(file + " is no file of a key: it has " + Files.size(file) + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Exit.FAILED, "there is no file " + file, e);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    /** A recovery file, opened: asks for its passphrase if it has one. */
    static RecipientKey open(Root root, RecoveryFile file) {
        return checked(() -> file.key(file.isProtected() ? Passphrase.ask(root) : null));
    }

    /** @return null for no sheet */
    static FreshFile freshSheet(Path sheet) throws IOException {
        if (sheet == null) {
            return null;
        }
        String name = sheet.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".pdf") && !name.endsWith(".png")) {
            throw CommandFailure.usage("--sheet takes the name of a new file that ends in .pdf or .png, not \"" + sheet + "\"");
        }
        return FreshFile.beside(sheet);
    }

    static byte[] sheet(Path name, RecoveryFile file) {
        String whose = file.pool() == null ? "an owner's key, " + file.keyId() : "pool \"" + file.pool() + "\"";
        RecoverySheet sheet = RecoverySheet.of(whose, file.sheetLines(), file.isProtected());
        return name.toString().toLowerCase(Locale.ROOT).endsWith(".pdf") ? PdfPage.of(sheet) : PngImage.of(sheet);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
