package org.azekura.storagenode.driver;

import java.util.List;
import java.util.regex.Pattern;

/** Why a driver could not be made for a device: what the component runtime kept of it, which is a stack trace, and what people see of that. */
final class FailedActivation {

    private static final String CAUSE = "Caused by: ";
    /** A constructor that throws is called by reflection, which wraps what it has thrown and says nothing itself. */
    private static final String WRAPPED = "java.lang.reflect.InvocationTargetException";
    private static final Pattern TYPE = Pattern.compile("^(?:\\w+\\.)+[\\w$]+(?:: )?");

    private FailedActivation() {}

    /** @return what the driver itself has said; the name of the exception where that has no text */
    static String reason(String trace) {
        List<String> chain = trace.lines().filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0))).toList();
        String said = chain.stream().map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line).filter(line -> !line.equals(WRAPPED)).findFirst()
                .orElse(trace.lines().findFirst().orElse(""));
        String text = TYPE.matcher(said).replaceFirst("");
        return text.isBlank() ? said : text;
    }
}
