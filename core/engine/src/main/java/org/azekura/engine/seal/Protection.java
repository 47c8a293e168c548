package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** How the key in a recovery file is protected. */
sealed interface Protection {

    /** As the file's line says it. */
    String text();

    /** The key as it stands in the file. */
    byte[] close(byte[] seed, char[] passphrase);

    /**
     * @param passphrase null if there is none
     * @throws BackupException {@code key.passphrase} if it is missing or wrong
     */
    byte[] open(byte[] closed, char[] passphrase) throws BackupException;

    /** @throws IllegalArgumentException if this program does not know it, or it would cost more than anybody means */
    static Protection parse(String text) {
        if (text.equals("none")) {
            return new None();
        }
        Matcher m = Argon2id.FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("its key is protected by \"" + text + "\", which this program does not know");
        }
        return new Argon2id(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)),
                HexFormat.of().parseHex(m.group(4)));
    }

    /** The key stands there as it is. */
    record None() implements Protection {

        @Override
        public String text() {
            return "none";
        }

        @Override
        public byte[] close(byte[] seed, char[] passphrase) {
            return seed.clone();
        }

        @Override
        public byte[] open(byte[] closed, char[] passphrase) {
            return closed.clone();
        }
    }

    /**
     * Closed with a passphrase (RFC 9106, version 19).
     *
     * @param memory in KiB
     * @param salt   fresh for every file: the key that it gives closes one thing only, so the nonce can be zero
     */
    record Argon2id(int memory, int passes, int lanes, byte[] salt) implements Protection {

        private static final Pattern FORM = Pattern.compile("argon2id m=(\\d{1,7}) t=(\\d{1,2}) p=(\\d{1,2}) salt=([0-9a-f]{32})");
        private static final int SALT_BYTES = 16;
        private static final int MAX_MEMORY = 1 << 20;
        private static final int MAX_PASSES = 32;
        private static final int MAX_LANES = 16;

        public Argon2id {
            if (memory < 8 * lanes || memory > MAX_MEMORY || passes < 1 || passes > MAX_PASSES || lanes < 1 || lanes > MAX_LANES
                    || salt.length != SALT_BYTES) {
                throw new IllegalArgumentException("argon2id with " + memory + " KiB, " + passes + " passes, " + lanes
                        + " lanes; expected at most " + MAX_MEMORY + ", " + MAX_PASSES + ", " + MAX_LANES);
            }
        }

        /** RFC 9106's choice for machines with little memory: 64 MiB, three passes; about half a second. */
        static Argon2id usual(SecureRandom random) {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return new Argon2id(64 << 10, 3, 4, salt);
        }

        @Override
        public String text() {
            return "argon2id m=" + memory + " t=" + passes + " p=" + lanes + " salt=" + HexFormat.of().formatHex(salt);
        }

        @Override
        public byte[] close(byte[] seed, char[] passphrase) {
            byte[] key = derive(passphrase);
            try {
                return Gcm.sealing(key, new byte[Gcm.NONCE_BYTES], bound()).seal(seed);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }

        @Override
        public byte[] open(byte[] closed, char[] passphrase) throws BackupException {
            if (passphrase == null) {
                throw BackupException.operator("key.passphrase", "", "the key is protected by a passphrase; type it, or set AZEKURA_PASSPHRASE");
            }
            byte[] key = derive(passphrase);
            try {
                return Gcm.opening(key, new byte[Gcm.NONCE_BYTES], bound()).open(ByteBuffer.wrap(closed));
            } catch (AEADBadTagException e) {
                throw BackupException.operator("key.passphrase", "", "this is not the passphrase that the key was protected with");
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }

        private byte[] bound() {
            return text().getBytes(StandardCharsets.US_ASCII);
        }

        private byte[] derive(char[] passphrase) {
            byte[] typed = Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
            byte[] key = new byte[Gcm.KEY_BYTES];
            generator.generateBytes(typed, key);
            Arrays.fill(typed, (byte) 0);
            return key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Argon2id a && text().equals(a.text());
        }

        @Override
        public int hashCode() {
            return text().hashCode();
        }
    }
}
