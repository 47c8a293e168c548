package org.azekura.driver.sftp;

import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.common.SftpConstants;

/** What can be asked of a server, as version 3 of the protocol has it (draft-ietf-secsh-filexfer-02, and OpenSSH's PROTOCOL for the extensions). */
record Request(int command, Buffer body) {

    static final int READING = SftpConstants.SSH_FXF_READ;
    /** For a file that nobody has yet. */
    static final int NEW = SftpConstants.SSH_FXF_WRITE | SftpConstants.SSH_FXF_CREAT | SftpConstants.SSH_FXF_EXCL;
    private static final int MODE_OF_FILES = 0600;
    private static final int MODE_OF_FOLDERS = 0700;
    /** What stands before a request on its way: its length, its kind and its number. */
    private static final int HEAD = 9;

    static Request lstat(String path) {
        return new Request(SftpConstants.SSH_FXP_LSTAT, texts(0, path));
    }

    static Request open(String path, int flags) {
        Buffer body = texts(3 * Integer.BYTES, path);
        body.putInt(flags);
        return new Request(SftpConstants.SSH_FXP_OPEN, mode(body, MODE_OF_FILES));
    }

    static Request mkdir(String path) {
        return new Request(SftpConstants.SSH_FXP_MKDIR, mode(texts(2 * Integer.BYTES, path), MODE_OF_FOLDERS));
    }

    private static Buffer mode(Buffer body, int mode) {
        body.putInt(SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS);
        body.putInt(mode);
        return body;
    }

    static Request openFolder(String path) {
        return new Request(SftpConstants.SSH_FXP_OPENDIR, texts(0, path));
    }

    /** Some of the names in a folder; those after them at the next time. */
    static Request names(byte[] handle) {
        return new Request(SftpConstants.SSH_FXP_READDIR, handle(0, handle));
    }

    static Request close(byte[] handle) {
        return new Request(SftpConstants.SSH_FXP_CLOSE, handle(0, handle));
    }

    static Request read(byte[] handle, long offset, int length) {
        Buffer body = handle(Long.BYTES + Integer.BYTES, handle);
        body.putLong(offset);
        body.putInt(length);
        return new Request(SftpConstants.SSH_FXP_READ, body);
    }

    static Request write(byte[] handle, long offset, byte[] from, int length) {
        Buffer body = handle(Long.BYTES + Integer.BYTES + length, handle);
        body.putLong(offset);
        body.putBytes(from, 0, length);
        return new Request(SftpConstants.SSH_FXP_WRITE, body);
    }

    static Request remove(String path) {
        return new Request(SftpConstants.SSH_FXP_REMOVE, texts(0, path));
    }

    static Request rename(String from, String to) {
        return new Request(SftpConstants.SSH_FXP_RENAME, texts(0, from, to));
    }

    static Request extended(Extension extension, String... paths) {
        String[] all = new String[paths.length + 1];
        all[0] = extension.text();
        System.arraycopy(paths, 0, all, 1, paths.length);
        return new Request(SftpConstants.SSH_FXP_EXTENDED, texts(0, all));
    }

    static Request sync(byte[] handle) {
        Buffer body = texts(Integer.BYTES + handle.length, Extension.FSYNC.text());
        body.putBytes(handle);
        return new Request(SftpConstants.SSH_FXP_EXTENDED, body);
    }

    private static Buffer handle(int more, byte[] handle) {
        Buffer body = buffer(Integer.BYTES + handle.length + more);
        body.putBytes(handle);
        return body;
    }

    private static Buffer texts(int more, String... texts) {
        byte[][] bytes = new byte[texts.length][];
        int length = more;
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + bytes[i].length;
        }
        Buffer body = buffer(length);
        for (byte[] text : bytes) {
            body.putBytes(text);
        }
        return body;
    }

    /** With room in front for what is put there when it is sent. */
    private static Buffer buffer(int length) {
        Buffer buffer = new ByteArrayBuffer(HEAD + length, false);
        buffer.wpos(HEAD);
        buffer.rpos(HEAD);
        return buffer;
    }
}
