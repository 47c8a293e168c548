package org.azekura.api;

/**
 * Which hooks a job calls on the client that carries it out; each may be null. This is all that the server can have a client run: the programs
 * are those that the client's owner installed under these names.
 *
 * @param pre  before anything is read or written; if it fails, nothing is
 * @param post after that, however it ended, if {@code pre} was begun
 * @param dump its output is saved instead of files
 */
public record Hooks(HookName pre, HookName post, HookName dump) {

    public static final Hooks NONE = new Hooks(null, null, null);

    public boolean none() {
        return pre == null && post == null && dump == null;
    }
}
