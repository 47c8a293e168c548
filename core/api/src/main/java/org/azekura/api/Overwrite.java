package org.azekura.api;

/** What a restore does where a file exists already. */
public enum Overwrite {
    /** Keep it and say so. */
    NEVER,
    /** Replace it if its mtime is before that of the saved file. */
    OLDER,
    /** Replace it. */
    ALWAYS
}
