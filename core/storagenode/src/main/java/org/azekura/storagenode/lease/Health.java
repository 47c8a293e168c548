package org.azekura.storagenode.lease;

/** What a drive is good for. */
public enum Health {

    WELL,
    /** It did not answer when it was asked last: it is taken when there is no other. */
    SILENT,
    /** It is to be cleaned, and gets nothing before. */
    UNCLEAN,
    /** It gets nothing. Who has it may go on. */
    OUT;

    boolean isUsed() {
        return this == WELL || this == SILENT;
    }
}
