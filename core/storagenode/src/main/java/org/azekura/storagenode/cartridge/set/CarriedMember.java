package org.azekura.storagenode.cartridge.set;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.drive.First;

/**
 * What a later cartridge of a set says of one before it, beside its note: its label, and lines of text behind it.
 *
 * @param damaged whether something on it could not be read when it was looked through
 */
record CarriedMember(First.Labelled label, Optional<Barcode> barcode, boolean damaged) {

    static final int MOST = Label.BYTES + 512;
    private static final String BARCODE = "barcode ";
    private static final String DAMAGED = "damaged";

    byte[] bytes() {
        byte[] text = (barcode.map(value -> BARCODE + value + "\n").orElse("") + (damaged ? DAMAGED + "\n" : "")).getBytes(US_ASCII);
        return ByteBuffer.allocate(Label.BYTES + text.length).put(label.bytes()).put(text).array();
    }

    /** @throws BackupException if there is no label; lines that nobody knows say nothing */
    static CarriedMember parse(byte[] bytes) throws BackupException {
        byte[] label = Arrays.copyOf(bytes, Label.BYTES);
        First.Labelled labelled = new First.Labelled(Label.parse(label), label);
        List<String> lines = new String(bytes, Label.BYTES, Math.max(0, bytes.length - Label.BYTES), US_ASCII).lines().toList();
        Optional<Barcode> barcode = lines.stream().filter(line -> line.startsWith(BARCODE)).map(line -> new Barcode(line.substring(BARCODE.length()))).findFirst();
        return new CarriedMember(labelled, barcode, lines.contains(DAMAGED));
    }
}
