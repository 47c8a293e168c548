package org.azekura.server.pool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.azekura.engine.seal.PoolProof;
import org.azekura.engine.seal.RecipientKey;

/**
 * What servers of one catalog hold of a pool's keys. In text, which is sealed where it is kept: lines {@code recipient HEX}, {@code id HEX}, and one {@code gone NAME} for each
 * key that they have let go of.
 *
 * @param recipient seed of a recipient key; null if they can't read the pool
 * @param idKey     that of a pool which they may fill and not read; null if there is none beside the ring
 * @param gone      names of keys that none of them is to have any more: what has another name is never let go of for it, so an old text takes no new key away
 */
record TwinKey(byte[] recipient, byte[] idKey, SortedSet<String> gone) {

    private static final byte[] NAME = "azekura name of an id key".getBytes(StandardCharsets.US_ASCII);

    TwinKey {
        gone = new TreeSet<>(gone);
        if (recipient != null) {
            gone.remove(nameOf(recipient));
        }
        if (idKey != null) {
            gone.remove(nameOfIdKey(idKey));
        }
    }

    static final TwinKey NONE = new TwinKey(null, null, new TreeSet<>());

    /** Names a recipient key without telling it. */
    static String nameOf(byte[] recipient) {
        return new RecipientKey(recipient).id();
    }

    /** Names an id key without telling it. */
    static String nameOfIdKey(byte[] idKey) {
        return "id-" + HexFormat.of().formatHex(PoolProof.of(idKey, NAME, NAME), 0, 8);
    }

    boolean isEmpty() {
        return recipient == null && idKey == null && gone.isEmpty();
    }

    /** These keys now; one that another has taken the place of is gone. */
    TwinKey with(byte[] recipientNow, byte[] idKeyNow) {
        SortedSet<String> all = new TreeSet<>(gone);
        if (recipient != null && recipientNow != null) {
            all.add(nameOf(recipient));
        }
        if (idKey != null && idKeyNow != null) {
            all.add(nameOfIdKey(idKey));
        }
        return new TwinKey(recipientNow, idKeyNow, all);
    }

    /** No recipient key any more: it is gone. @param naming whether the id key is, too */
    TwinKey without(boolean naming) {
        SortedSet<String> all = new TreeSet<>(gone);
        if (recipient != null) {
            all.add(nameOf(recipient));
        }
        if (naming && idKey != null) {
            all.add(nameOfIdKey(idKey));
        }
        return new TwinKey(null, naming ? null : idKey, all);
    }

    /** Whether these keys, null for none, are held or gone here. */
    boolean knowsOf(byte[] ofRecipient, byte[] ofNames) {
        return (ofRecipient == null || Arrays.equals(ofRecipient, recipient) || gone.contains(nameOf(ofRecipient)))
                && (ofNames == null || Arrays.equals(ofNames, idKey) || gone.contains(nameOfIdKey(ofNames)));
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder();
        if (recipient != null) {
            text.append("recipient ").append(HexFormat.of().formatHex(recipient)).append('\n');
        }
        if (idKey != null) {
            text.append("id ").append(HexFormat.of().formatHex(idKey)).append('\n');
        }
        gone.forEach(name -> text.append("gone ").append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if it is none */
    static TwinKey parse(byte[] encoded) {
        byte[] recipient = null;
        byte[] idKey = null;
        SortedSet<String> gone = new TreeSet<>();
        for (String line : new String(encoded, StandardCharsets.UTF_8).lines().toList()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "recipient" -> recipient = key(words[1]);
                case "id" -> idKey = key(words[1]);
                case "gone" -> gone.add(words[1]);
                default -> throw new IllegalArgumentException("a line begins with " + words[0]);
            }
        }
        return new TwinKey(recipient, idKey, gone);
    }

    private static byte[] key(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);
        if (key.length != RecipientKey.BYTES) {
            throw new IllegalArgumentException(key.length + " bytes, expected " + RecipientKey.BYTES);
        }
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TwinKey key && Arrays.equals(recipient, key.recipient) && Arrays.equals(idKey, key.idKey) && gone.equals(key.gone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(recipient), Arrays.hashCode(idKey), gone);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return (recipient == null ? "no recipient key" : "recipient key " + nameOf(recipient)) + (idKey == null ? "" : ", " + nameOfIdKey(idKey)) + ", gone " + gone;
    }
}
