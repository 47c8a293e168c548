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
 * What servers of one catalog know of a pool's keys. In text, which is sealed where it has keys: a line {@code number N}, {@code recipient HEX}, {@code id HEX}, {@code sealed} if
 * it is, and one {@code gone NAME} for each key that was let go of.
 *
 * @param number    that of the last act of somebody: a key that was made, brought, sealed or forgotten. It grows, so what is older is known for it; 0 if there was none since keys
 *                  are shared. Who begins to lead raises none
 * @param recipient seed of a recipient key; null if none is shared
 * @param idKey     that of a pool which they may fill and not read; null if none is shared
 * @param gone      names of keys that were sealed or forgotten: what has another name is never let go of for it
 * @param sealed    whether no server is to read the pool: nobody who begins to lead brings a key again
 */
record TwinKey(long number, byte[] recipient, byte[] idKey, SortedSet<String> gone, boolean sealed) {

    private static final byte[] NAME = "azekura name of an id key".getBytes(StandardCharsets.US_ASCII);

    static final TwinKey NONE = new TwinKey(0, null, null, new TreeSet<>(), false);

    TwinKey {
        gone = new TreeSet<>(gone);
        if (recipient != null) {
            gone.remove(nameOf(recipient));
        }
        if (idKey != null) {
            gone.remove(nameOfIdKey(idKey));
        }
    }

    /** Names a recipient key without telling it. */
    static String nameOf(byte[] recipient) {
        return new RecipientKey(recipient).id();
    }

    /** Names an id key without telling it. */
    static String nameOfIdKey(byte[] idKey) {
        return "id-" + HexFormat.of().formatHex(PoolProof.of(idKey, NAME, NAME), 0, 8);
    }

    /** Whether it says nothing: no key, and none that would have to go. */
    boolean isEmpty() {
        return recipient == null && idKey == null && gone.isEmpty() && !sealed;
    }

    boolean hasKeys() {
        return recipient != null || idKey != null;
    }

    /** The same without the keys. */
    TwinKey bare() {
        return new TwinKey(number, null, null, gone, sealed);
    }

    /** What this says of acts, if it is newer: the keys of the other then, but for those that have gone by this. */
    TwinKey over(TwinKey other) {
        if (number <= other.number) {
            return other;
        }
        boolean reads = other.recipient != null && !sealed && !gone.contains(nameOf(other.recipient));
        boolean names = other.idKey != null && !gone.contains(nameOfIdKey(other.idKey));
        return new TwinKey(number, reads ? other.recipient : null, names ? other.idKey : null, gone, sealed);
    }

    /** An act: somebody made or brought this recipient key. */
    TwinKey opened(byte[] key) {
        boolean known = number > 0 && !sealed && !gone.contains(nameOf(key)) && (recipient == null || Arrays.equals(recipient, key));
        return new TwinKey(known ? number : next(), key, idKey, gone, false);
    }

    /** An act: this is what names chunks. */
    TwinKey named(byte[] key) {
        boolean known = number > 0 && !gone.contains(nameOfIdKey(key)) && (idKey == null || Arrays.equals(idKey, key));
        return new TwinKey(known ? number : next(), recipient, key, gone, sealed);
    }

    /** An act: no server is to read the pool any more. @param held what is in this home; null if nothing is */
    TwinKey closed(byte[] held) {
        return acted(new TwinKey(number, null, idKey, with(gone, name(recipient), name(held)), true));
    }

    /** An act: the pool was deleted. @param heldId what is in this home, as the other; null if nothing is */
    TwinKey forgotten(byte[] held, byte[] heldId) {
        SortedSet<String> names = with(with(gone, name(recipient), name(held)), idName(idKey), idName(heldId));
        return acted(new TwinKey(number, null, null, names, false));
    }

    private TwinKey acted(TwinKey next) {
        return equals(next) ? this : new TwinKey(next(), next.recipient, next.idKey, next.gone, next.sealed);
    }

    /** By the clock, so that none is given twice where the catalog is set back to a day before. */
    private long next() {
        return Math.max(number + 1, System.currentTimeMillis());
    }

    private static String name(byte[] recipient) {
        return recipient == null ? null : nameOf(recipient);
    }

    private static String idName(byte[] idKey) {
        return idKey == null ? null : nameOfIdKey(idKey);
    }

    private static SortedSet<String> with(SortedSet<String> names, String one, String other) {
        SortedSet<String> all = new TreeSet<>(names);
        if (one != null) {
            all.add(one);
        }
        if (other != null) {
            all.add(other);
        }
        return all;
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder("number ").append(number).append('\n');
        if (recipient != null) {
            text.append("recipient ").append(HexFormat.of().formatHex(recipient)).append('\n');
        }
        if (idKey != null) {
            text.append("id ").append(HexFormat.of().formatHex(idKey)).append('\n');
        }
        if (sealed) {
            text.append("sealed\n");
        }
        gone.forEach(name -> text.append("gone ").append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if it is none */
    static TwinKey parse(byte[] encoded) {
        long number = -1;
        byte[] recipient = null;
        byte[] idKey = null;
        boolean sealed = false;
        SortedSet<String> gone = new TreeSet<>();
        for (String line : new String(encoded, StandardCharsets.UTF_8).lines().toList()) {
            String[] words = line.split(" ", 2);
            String value = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "number" -> number = Long.parseLong(value);
                case "recipient" -> recipient = key(value);
                case "id" -> idKey = key(value);
                case "sealed" -> sealed = true;
                case "gone" -> gone.add(value);
                default -> throw new IllegalArgumentException("a line begins with " + words[0]);
            }
        }
        if (number < 0) {
            throw new IllegalArgumentException("it has no number");
        }
        return new TwinKey(number, recipient, idKey, gone, sealed);
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
        return other instanceof TwinKey key && number == key.number && sealed == key.sealed && Arrays.equals(recipient, key.recipient) && Arrays.equals(idKey, key.idKey)
                && gone.equals(key.gone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, Arrays.hashCode(recipient), Arrays.hashCode(idKey), gone, sealed);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return (recipient == null ? sealed ? "sealed" : "no recipient key" : "recipient key " + nameOf(recipient)) + (idKey == null ? "" : ", " + nameOfIdKey(idKey)) + ", gone " + gone;
    }
}
