package org.azekura.cli.sheet;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/**
 * One page for a safe: what it is for, the lines of a key, and the same lines as a QR code.
 *
 * @param text  a line each, at most {@value #COLUMNS} characters
 * @param lines of the key
 * @param qr    of those lines
 */
public record RecoverySheet(List<String> text, List<String> lines, QrCode qr) {

    /** No line is longer. */
    static final int COLUMNS = 80;

    /**
     * @param whose    like {@code pool "default"}
     * @param keyLines all that is needed to read the backups, with line ends
     */
    public static RecoverySheet of(String whose, String keyLines, boolean takesPassphrase) {
        List<String> text = new ArrayList<>(List.of(
                "Azekura recovery sheet of " + whose,
                "",
                "Whoever has this sheet and a volume can read everything that was saved there.",
                "Keep it in a safe, apart from the backups. Without it, and without the appliance,",
                "the backups cannot be read.",
                takesPassphrase ? "It is of use only with its passphrase, which does not stand here." : "",
                "To use it: scan the code (or type the lines below) into a file, then",
                "    azekura key import FILE            or    azekura extract --key FILE VOLUME"));
        return new RecoverySheet(text.stream().map(line -> line.length() > COLUMNS ? line.substring(0, COLUMNS) : line).toList(),
                keyLines.lines().toList(), QrCode.encodeText(keyLines, QrCode.Ecc.MEDIUM));
    }
}
