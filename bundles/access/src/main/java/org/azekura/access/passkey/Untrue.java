package org.azekura.access.passkey;

/** What was said does not hold. */
public final class Untrue extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    Untrue(String code, Throwable cause) {
        super(cause.getMessage(), cause);
        this.code = code;
    }

    /** Like {@code passkey.signature}. */
    public String code() {
        return code;
    }
}
