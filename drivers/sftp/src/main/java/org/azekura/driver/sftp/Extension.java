package org.azekura.driver.sftp;

/** What OpenSSH added to the protocol, and others after it. */
enum Extension {
    /** Brings a file, or the names in a folder that was opened as one, to the disk. */
    FSYNC("fsync@openssh.com"),
    /** Gives a file a second name, if nobody has it. */
    LINK("hardlink@openssh.com"),
    /** Gives a file another name, whoever has it. */
    REPLACE("posix-rename@openssh.com"),
    /** Tells of the file system that a path is on. */
    ROOM("statvfs@openssh.com");

    private final String text;

    Extension(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
