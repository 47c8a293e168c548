package org.azekura.access.passkey;

/** A key that a device made. @param credential its id @param key as {@link org.azekura.api.catalog.Passkey#key} @param synced whether it may be on several devices */
public record NewKey(byte[] credential, byte[] key, long counter, boolean synced) {}
