package org.azekura.client.posix;

/** An extended attribute: name with its prefix ({@code user.}, {@code system.}, …) and value. */
public record Attribute(byte[] name, byte[] value) {}
