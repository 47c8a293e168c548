package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.UserName;

/**
 * The public half of a key that a device of a user keeps.
 *
 * @param id         for people and addresses: the first 16 hexadecimal digits of the SHA-256 of the credential's id
 * @param name       that the user gave it, unlike those of his others
 * @param host       the name of the appliance that it was made for; under another one no browser shows it
 * @param credential the id by which the device knows it
 * @param key        AAGUID, id and public key (COSE), as WebAuthn has them in attested credential data
 * @param counter    what the device counted to when it last signed; 0: it does not count
 * @param synced     whether it may be on several devices
 * @param used       when it last signed; null: never
 */
public record Passkey(String id, UserName user, String name, String host, byte[] credential, byte[] key, long counter, boolean synced, Instant made, Instant used) {

    public Passkey used(long count, Instant at) {
        return new Passkey(id, user, name, host, credential, key, count, synced, made, at);
    }
}
