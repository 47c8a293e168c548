package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;

/**
 * A ring taken apart, by the rule {@code key ring} of the grammar.
 *
 * @param boxes  the ring key, for each recipient
 * @param bound  how many bytes are before the sealed part, and bound to it
 * @param sealed the secrets
 */
record RingForm(int number, int epoch, byte[] epochPublicKey, List<Recipient> recipients, List<byte[]> boxes, int bound, byte[] nonce,
        byte[] sealed) {

    /** @throws BufferUnderflowException if it ends early */
    static RingForm read(byte[] encoded) throws BackupException {
        ByteBuffer from = ByteBuffer.wrap(encoded, 0, encoded.length - Integer.BYTES);
        if (from.getInt() != RingDraft.MAGIC) {
            throw corrupt("it does not begin with AZKR");
        }
        int version = from.getShort() & 0xffff;
        if (version != RingDraft.VERSION) {
            throw FormatVersion.other("key ring", "", version, RingDraft.VERSION);
        }
        int number = from.getInt();
        int epoch = from.getInt();
        if (number < 1 || epoch < 1) {
            throw corrupt("number " + number + " of epoch " + epoch + ", expected both from 1 on");
        }
        byte[] epochPublicKey = take(from, XWing.PUBLIC_BYTES);
        int count = from.getShort() & 0xffff;
        if (count < 1 || count > RingDraft.MAX_RECIPIENTS) {
            throw corrupt(count + " recipients, expected 1 to " + RingDraft.MAX_RECIPIENTS);
        }
        List<Recipient> recipients = new ArrayList<>(count);
        List<byte[]> boxes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] publicKey = take(from, XWing.PUBLIC_BYTES);
            recipients.add(recipient(new String(take(from, from.get() & 0xff), UTF_8), publicKey));
            boxes.add(take(from, Box.BYTES));
        }
        byte[] nonce = take(from, Gcm.NONCE_BYTES);
        int length = from.getInt();
        int bound = from.position();
        if (length < Gcm.TAG_BYTES || length != from.remaining() - RingDraft.PROOF_BYTES) {
            throw corrupt("sealed part of " + Integer.toUnsignedString(length) + " bytes, expected " + (from.remaining() - RingDraft.PROOF_BYTES));
        }
        return new RingForm(number, epoch, epochPublicKey, List.copyOf(recipients), List.copyOf(boxes), bound, nonce, take(from, length));
    }

    private static Recipient recipient(String name, byte[] publicKey) throws BackupException {
        try {
            return new Recipient(name, publicKey);
        } catch (IllegalArgumentException e) {
            throw corrupt(e.getMessage());
        }
    }

    static byte[] take(ByteBuffer from, int length) {
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    static BackupException corrupt(String what) {
        return BackupException.corrupt("keyring.corrupt", "", "key ring: " + what);
    }
}
