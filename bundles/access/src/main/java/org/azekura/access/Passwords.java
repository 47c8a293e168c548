package org.azekura.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.catalog.User;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords by Argon2id, in the form {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. One check takes 19 MiB of heap and some tenths of a second: so
 * two run at a time, some wait, and more are turned away.
 */
final class Passwords {

    /** The first of the settings that the OWASP password storage cheat sheet holds equal; the least memory that it asks of Argon2id with two rounds. */
    static final Cost COST = new Cost(19_456, 2, 1);
    /** Of what was made elsewhere. */
    private static final Cost MOST = new Cost(32_768, 10, 4);
    static final int MIN = 12;
    static final int MAX = 200;

    private static final int AT_A_TIME = 2;
    private static final int WAITING = 16;
    private static final int PATIENCE_S = 10;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{43})");

    /** @param memory in KiB */
    record Cost(int memory, int rounds, int lanes) {}

    private final Cost cost;
    private final RandomGenerator random;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);
    private final String nobody;

    Passwords(Cost cost, RandomGenerator random) {
        this.cost = cost;
        this.random = random;
        // never computed: no password has it, and to check one against it takes as long as against any
        this.nobody = text(cost, new byte[SALT], new byte[HASH]);
    }

    /** Whether it is one that people may take. @throws BackupException {@code password.invalid} */
    static void require(UserName of, String password) throws BackupException {
        int length = password.codePointCount(0, password.length());
        String wrong = length < MIN || length > MAX ? "it has " + length : password.chars().distinct().count() < 5 ? "it is the same few letters again and again"
                : password.toLowerCase(Locale.ROOT).contains(of.value()) && of.value().length() > 2 ? "the name is in it"
                : Guessable.isTriedFirst(password) ? "but for words and rows of keys that everybody tries first, little is left of it" : null;
        if (wrong != null) {
            throw BackupException.operator("password.invalid", of.value(), "a password has " + MIN + " to " + MAX + " characters, which are not always the same,"
                    + " and not the name in it; " + wrong);
        }
    }

    /** Whether a login can be checked by it with the heap of a small appliance. @throws BackupException {@code password.invalid} */
    static void requireForm(UserName of, String kept) throws BackupException {
        Matcher parts = FORM.matcher(kept);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > MOST.memory || Integer.parseInt(parts.group(2)) > MOST.rounds || Integer.parseInt(parts.group(3)) > MOST.lanes) {
            throw BackupException.operator("password.invalid", of.value(), "what a password is checked by has the form $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH, with 32 bytes of hash, and at most m="
                    + MOST.memory + ",t=" + MOST.rounds + ",p=" + MOST.lanes);
        }
    }

    String hash(String password) throws BackupException {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return inTurn(() -> text(cost, salt, argon2(cost, salt, password)))
                .orElseThrow(() -> BackupException.device("access.busy", "", "too many passwords are checked just now; try again in some seconds", null));
    }

    /** @param kept null or {@link User#NO_PASSWORD}: nobody's; takes as long. @return empty if too many wait already */
    Optional<Boolean> check(String kept, String password) throws BackupException {
        boolean none = kept == null || kept.equals(User.NO_PASSWORD);
        Matcher parts = FORM.matcher(none ? nobody : kept);
        if (!parts.matches()) {
            throw BackupException.corrupt("password.damaged", "", "what a password is checked by is damaged in the catalog; give the user another password");
        }
        Cost then = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        return inTurn(() -> MessageDigest.isEqual(expected, argon2(then, Base64.getDecoder().decode(parts.group(4)), password)) && !none);
    }

    private <T> Optional<T> inTurn(Callable<T> work) throws BackupException {
        try {
            if (places.getQueueLength() >= WAITING || !places.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.call());
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            throw BackupException.bug("password", e);
        }
    }

    private static byte[] argon2(Cost cost, byte[] salt, String password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(cost.memory)
                .withIterations(cost.rounds).withParallelism(cost.lanes).withSalt(salt).build());
        byte[] hash = new byte[HASH];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static String text(Cost cost, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(cost.memory, cost.rounds, cost.lanes, base64.encodeToString(salt), base64.encodeToString(hash));
    }
}
