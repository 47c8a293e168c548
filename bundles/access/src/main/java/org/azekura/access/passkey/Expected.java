package org.azekura.access.passkey;

/**
 * What has to be in all that is said.
 *
 * @param origin   as browsers write it
 * @param host     the RP id: the origin's host, or a domain that it is in
 * @param verified whether the device has to have seen who holds it, not only that somebody does
 */
public record Expected(byte[] challenge, String origin, String host, boolean verified) {}
