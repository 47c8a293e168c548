package org.azekura.rest.job;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.rest.call.Refusal;

/**
 * How much of a snapshot is rehearsed, as people say it.
 *
 * @param perMillion of its files, {@link DrillPlan#WHOLE} for all; 0 if {@code files} says how many
 * @param files      how many; 0 if {@code perMillion} says which part
 */
public record Sampling(int perMillion, int files) {

    /** What may be said. */
    public static final String FORMS = "\"whole\", a part of its files like \"5%\", or a number of them like \"1000\"";
    private static final Pattern PART = Pattern.compile("\\d{1,3}(\\.\\d{1,4})?\\s*%");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final int PERCENT = 10_000;

    /** @throws Refusal naming the field {@code sample} if it is none of {@link #FORMS} */
    public static Sampling parse(String text) throws Refusal {
        String word = text.strip();
        if (word.equals("whole")) {
            return new Sampling(DrillPlan.WHOLE, 0);
        }
        if (NUMBER.matcher(word).matches()) {
            return new Sampling(0, Integer.parseInt(word));
        }
        if (PART.matcher(word).matches()) {
            int part = new BigDecimal(word.replace("%", "").strip()).multiply(BigDecimal.valueOf(PERCENT)).intValueExact();
            if (part > 0 && part <= DrillPlan.WHOLE) {
                return new Sampling(part, 0);
            }
        }
        throw Refusal.badRequest("request.value", "sample", "a sample is " + FORMS + ", not \"" + text + "\"");
    }

    /** As {@link #parse} takes it. */
    public static String text(int perMillion, int files) {
        return perMillion == DrillPlan.WHOLE ? "whole" : files > 0 ? Integer.toString(files)
                : BigDecimal.valueOf(perMillion).divide(BigDecimal.valueOf(PERCENT)).stripTrailingZeros().toPlainString() + "%";
    }
}
