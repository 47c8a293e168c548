package org.azekura.felix.config;

/** Why the appliance does not start: one line for a person, and the exit code. */
final class StartFailure extends Exception {

    private static final long serialVersionUID = 1;

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private final int exitCode;

    private StartFailure(int exitCode, String line, Throwable cause) {
        super(line.replaceAll("\\s*\\R\\s*", " "), cause);
        this.exitCode = exitCode;
    }

    static StartFailure failed(String line) {
        return new StartFailure(FAILED, line, null);
    }

    static StartFailure failed(String line, Throwable cause) {
        return new StartFailure(FAILED, line, cause);
    }

    static StartFailure wrongUsage(String line) {
        return new StartFailure(WRONG_USAGE, line, null);
    }

    int exitCode() {
        return exitCode;
    }
}
