package org.azekura.cli.contact;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** An RFC 9457 problem of the appliance, and which exit code it means. */
public record RestProblem(int status, JsonNode problem) {

    CommandFailure failure() {
        String code = problem.path("code").asText();
        return new CommandFailure(exit(status, code), problem.path("detail").asText("the appliance answers " + status),
                new Cause(code, problem.path("kind").asText(), problem.path("subject").asText()));
    }

    /** What such a problem ends a command with. */
    public static int exit(int status, String code) {
        // a volume of another appliance, or of another pool, is locked by its label, a host's name by its certificate, a driver or device by who needs it,
        // a driver's name by the one that is here; a machine that runs from no image takes no update, and makes no disk sets
        if (status == 401 || status == 403 || code.equals("volume.foreign") || code.equals("volume.taken")
                || code.equals("host.taken") || code.equals("driver.used") || code.equals("driver.installed") || code.equals("device.used") || code.equals("firmware.unsupported")
                || code.equals("disk.unsupported")) {
            return Exit.REFUSED;
        }
        // what was asked for does not make sense, and nothing was done
        boolean senseless = code.startsWith("request.") || code.startsWith("setting.") || code.endsWith(".invalid");
        return status == 400 && senseless ? Exit.USAGE : Exit.FAILED;
    }

    /** What {@code --verbose} shows of it. */
    private static final class Cause extends RuntimeException {

        private static final long serialVersionUID = 1;

        Cause(String code, String kind, String subject) {
            super("code " + code + ", kind " + kind + (subject.isEmpty() ? "" : ", subject " + subject), null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
