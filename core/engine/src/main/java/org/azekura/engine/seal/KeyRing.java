package org.azekura.engine.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;

/**
 * A pool's secrets, closed for its recipients. Immutable; can be read by anybody and opened by a recipient. Every change makes a new ring
 * with the next number: one more recipient keeps the epochs, one recipient less begins a new one.
 *
 * <p>That a ring opens does not prove that it is genuine: anybody can make one for a recipient's public key. Compare {@link PoolKeys#mark}
 * with that of the recovery file, or ask {@link #isMadeWith} if the id key is known; or take the ring from a source you trust.
 */
public final class KeyRing {

    /** No ring is longer. */
    public static final int MAX_BYTES = 1 << 20;

    private final byte[] encoded;
    private final RingForm form;

    private KeyRing(byte[] encoded) throws BackupException {
        this.encoded = encoded;
        this.form = RingForm.read(encoded);
    }

    /**
     * A pool's first ring: a new id key and epoch 1.
     *
     * @throws IllegalArgumentException if there is no recipient, too many, or a key is no public key
     */
    public static KeyRing create(List<Recipient> recipients) {
        return create(recipients, new SecureRandom());
    }

    /**
     * The same with an id key that the caller keeps: who can't open the ring needs it to name chunks.
     *
     * @param idKey of {@link PoolKeys#newIdKey}
     */
    public static KeyRing create(List<Recipient> recipients, byte[] idKey) {
        return create(recipients, idKey, new SecureRandom());
    }

    static KeyRing create(List<Recipient> recipients, SecureRandom random) {
        return create(recipients, RingDraft.random(random, Gcm.KEY_BYTES), random);
    }

    private static KeyRing create(List<Recipient> recipients, byte[] idKey, SecureRandom random) {
        SortedMap<Integer, byte[]> seeds = new TreeMap<>();
        seeds.put(1, RingDraft.random(random, XWing.SEED_BYTES));
        return made(new RingDraft(1, List.copyOf(recipients), idKey, seeds), random);
    }

    private static KeyRing made(RingDraft draft, SecureRandom random) {
        try {
            return new KeyRing(draft.encoded(random));
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The next ring, with one more recipient (or a new name for one); the epochs stay.
     *
     * @param keys what this ring opens to
     * @throws IllegalArgumentException if his key is no public key, or there are too many
     */
    public KeyRing with(PoolKeys keys, Recipient added) {
        List<Recipient> next = new ArrayList<>(recipients());
        next.removeIf(recipient -> recipient.id().equals(added.id()));
        next.add(added);
        return made(new RingDraft(number() + 1, next, keys.idKey(), keys.epochSeeds()), new SecureRandom());
    }

    /**
     * The next ring, without a recipient and with a new epoch: what is sealed from now on he cannot read. What he could read, he can.
     *
     * @param keys what this ring opens to
     * @throws BackupException {@code recipient.unknown}, {@code recipient.last}
     */
    public KeyRing without(PoolKeys keys, String keyId) throws BackupException {
        List<Recipient> next = recipients().stream().filter(recipient -> !recipient.id().equals(keyId)).toList();
        if (next.size() == recipients().size()) {
            throw BackupException.operator("recipient.unknown", keyId, "there is no recipient with key " + keyId + "; there is " + names());
        }
        if (next.isEmpty()) {
            throw BackupException.operator("recipient.last", keyId, "key " + keyId + " is the only one that opens the pool; add another first");
        }
        SecureRandom random = new SecureRandom();
        SortedMap<Integer, byte[]> seeds = keys.epochSeeds();
        seeds.put(epoch() + 1, RingDraft.random(random, XWing.SEED_BYTES));
        return made(new RingDraft(number() + 1, next, keys.idKey(), seeds), random);
    }

    /** @throws BackupException {@code keyring.corrupt} */
    public static KeyRing parse(byte[] encoded) throws BackupException {
        if (encoded.length < RingDraft.HEAD_BYTES || encoded.length > MAX_BYTES) {
            throw RingForm.corrupt(encoded.length + " bytes, expected " + RingDraft.HEAD_BYTES + " to " + MAX_BYTES);
        }
        int found = ByteBuffer.wrap(encoded).getInt(encoded.length - Integer.BYTES);
        int expected = RingDraft.checksum(encoded);
        if (found != expected) {
            throw RingForm.corrupt("checksum %08x, expected %08x".formatted(found, expected));
        }
        try {
            return new KeyRing(encoded.clone());
        } catch (BufferUnderflowException e) {
            throw RingForm.corrupt("it ends early");
        }
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** Counts a pool's rings from 1 on; the highest is the one that counts. */
    public int number() {
        return form.number();
    }

    /** The epoch in which new sessions are sealed; the first is 1. */
    public int epoch() {
        return form.epoch();
    }

    /** What new sessions are sealed with. */
    public byte[] epochPublicKey() {
        return form.epochPublicKey().clone();
    }

    /** Who can open this ring. */
    public List<Recipient> recipients() {
        return form.recipients();
    }

    /** The recipient with this key, null if there is none. */
    public Recipient recipient(String keyId) {
        return recipients().stream().filter(recipient -> recipient.id().equals(keyId)).findFirst().orElse(null);
    }

    /**
     * Whether somebody who knew the pool's id key made this ring: not so whoever only stores it.
     *
     * @param idKey of the pool
     */
    public boolean isMadeWith(byte[] idKey) {
        int end = form.bound() + form.sealed().length;
        byte[] found = Arrays.copyOfRange(encoded, end, end + RingDraft.PROOF_BYTES);
        return MessageDigest.isEqual(found, RingDraft.proof(idKey, Arrays.copyOf(encoded, end)));
    }

    /**
     * Makes sure that this ring is the next one after another: so no change is lost and nobody is left out without a new epoch.
     *
     * @throws BackupException {@code keyring.order}
     */
    public void requireAfter(KeyRing older) throws BackupException {
        Set<String> left = new HashSet<>(older.recipients().stream().map(Recipient::id).toList());
        recipients().forEach(recipient -> left.remove(recipient.id()));
        boolean same = epoch() == older.epoch() && Arrays.equals(form.epochPublicKey(), older.form.epochPublicKey());
        if (number() != older.number() + 1 || !(same && left.isEmpty() || epoch() == older.epoch() + 1)) {
            throw BackupException.operator("keyring.order", "", "key ring " + number() + " of epoch " + epoch() + " does not follow ring "
                    + older.number() + " of epoch " + older.epoch() + "; fetch the ring again and repeat the change");
        }
    }

    /**
     * Opens the ring.
     *
     * @throws BackupException {@code key.wrong} if the key is no recipient's, {@code keyring.corrupt} if what it opens is not sound
     */
    public PoolKeys unlock(RecipientKey key) throws BackupException {
        String id = key.id();
        int at = recipients().stream().map(Recipient::id).toList().indexOf(id);
        if (at < 0) {
            throw BackupException.operator("key.wrong", id, "key ring " + number() + " opens with key " + names() + ", not with key " + id);
        }
        PoolKeys keys;
        try {
            byte[] ringKey = Box.RECIPIENT.open(key.seed(), Arrays.copyOf(encoded, RingDraft.HEAD_BYTES), form.boxes().get(at));
            keys = secrets(Gcm.opening(ringKey, form.nonce(), Arrays.copyOf(encoded, form.bound())).open(ByteBuffer.wrap(form.sealed())));
        } catch (AEADBadTagException | BufferUnderflowException e) {
            throw RingForm.corrupt("it does not open with key " + id + ", for which it was made");
        }
        if (!isMadeWith(keys.idKey())) {
            throw RingForm.corrupt("what proves that it was made by somebody who knew the pool's keys does not fit");
        }
        return keys;
    }

    /**
     * Opens the newest of these rings that the key opens: to a revoked key that is an older one, with the epochs it could read.
     *
     * @param rings of one pool, in any order, at least one
     * @throws BackupException of the newest ring, if none opens
     */
    public static PoolKeys unlockNewest(Collection<KeyRing> rings, RecipientKey key) throws BackupException {
        BackupException first = null;
        for (KeyRing ring : rings.stream().sorted(Comparator.comparing(KeyRing::number).reversed()).toList()) {
            try {
                return ring.unlock(key);
            } catch (BackupException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private String names() {
        return String.join(" or ", recipients().stream().map(Recipient::toString).toList());
    }

    private PoolKeys secrets(byte[] plain) throws BackupException {
        ByteBuffer from = ByteBuffer.wrap(plain);
        byte[] idKey = RingForm.take(from, Gcm.KEY_BYTES);
        int count = from.getShort() & 0xffff;
        if (count < 1 || count > RingDraft.MAX_EPOCHS) {
            throw RingForm.corrupt(count + " epochs, expected 1 to " + RingDraft.MAX_EPOCHS);
        }
        SortedMap<Integer, byte[]> seeds = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            seeds.put(from.getInt(), RingForm.take(from, XWing.SEED_BYTES));
        }
        byte[] current = seeds.get(epoch());
        if (from.hasRemaining() || current == null || !Arrays.equals(XWing.publicKey(current), form.epochPublicKey())) {
            throw RingForm.corrupt("its epoch " + epoch() + " is not among what is sealed in it");
        }
        return new PoolKeys(idKey, seeds);
    }
}
