package org.azekura.client.posix;

/** Takes the names of a directory. */
@FunctionalInterface
public interface NameVisitor {
    void name(byte[] name) throws PosixException;
}
